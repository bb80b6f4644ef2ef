from marsad.records import IncidentFilter
from marsad.workflow.add_claim import *
from tests.web.conftest import *
def test_o(api_desk, public):
    desk=api_desk; pub=public
    (inc,)=[i for i in desk.ledger.incidents() if "market-strike" in i.reports]
    rep=desk.ledger.reports(inc.reports); r=rep["market-strike"]
    claim=desk.ledger.claims(inc.claims)
    c=next(c for c in claim.values() if c.report_id==r.report.id)
    p=inc.place; q=f"near={p.latitude},{p.longitude},3"
    n=lambda: (pub.get(f"/timeline?{q}").json()["incidents"], "made vague" in pub.get(f"/incidents/{inc.id}").text, [f["geometry"]["coordinates"] for f in pub.get(f"/map?zoom=12&country=SYR&since=2024-03-01&until=2024-03-15").json()["features"]], pub.get(f"/map/here?latitude={p.latitude}&longitude={p.longitude}&precision={p.precision}").text.count("/incidents/"))
    print(inc.place.latitude,inc.place.longitude,inc.place.precision,n())
    d=add_claim(desk.ledger, ClaimDraft(report=r.report.id, version=r.seq, event_type="abduction", trigger=Words(c.trigger.start,c.trigger.end,c.trigger.quote), same_as=(c.id,)), "Cody Coder","x")
    now=[i for i in desk.ledger.incidents() if d.decision.targets[0].claim in i.claims]
    print([ (i.id==inc.id,i.event_type) for i in now])
    print(n())
