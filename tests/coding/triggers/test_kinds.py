"""Events of many wars get their type; the reason names the rule."""

import pytest

from marsad.coding.triggers.finder import find_triggers
from marsad.coding.triggers.kinds import type_of_event

CASES = {
    "armed-clash": """
Clashes broke out between the army and fighters of the Arakan Army near Kyauktaw on Sunday.
Seven soldiers were killed when insurgents ambushed their convoy outside Diffa.
Militants stormed an army outpost in northern Burkina Faso overnight, killing eleven soldiers.
Heavy fighting raged for a third day around the airport in Khartoum.
A gun battle between police and bandits in Zamfara left four officers dead.
Guerrillas attacked a police station in Cauca, wounding two policemen.
Troops repelled an assault by al-Shabaab on a base in Lower Shabelle.
Marines exchanged fire with gunmen on the outskirts of Tripoli.
Rebel and government forces traded artillery fire along the front in heavy fighting near Bakhmut.
Two guerrilla columns clashed with an infantry battalion in Chalatenango.
M23 rebels and the Congolese army fought fierce battles near Sake.
Security forces killed 17 militants in a raid in North Waziristan.
Taliban fighters attacked a checkpoint in Kunduz, killing five policemen.
Herders clashed with farmers in Benue State, leaving 14 people dead.
Troops opened fire from rooftops on rebels in Daraa.
In the fighting that followed, three of the gunmen died and dozens of people were arrested.
A skirmish between border guards of the two countries left three soldiers wounded.
Gang members ambushed a police patrol in Port-au-Prince and shot two officers dead.
""",
    "air-strike": """
An Israeli airstrike on a house in Khan Younis killed nine members of one family.
Warplanes bombed the market in Saada, residents said.
A drone strike hit a vehicle in Idlib, killing its driver.
Helicopters dropped barrel bombs on the eastern suburbs of Aleppo.
Jets struck a displacement camp in Tigray and at least 50 people died.
A Russian Shahed drone hit an apartment block in Odesa, wounding six.
The air force carried out strikes on villages in Sagaing, killing two monks.
Military aircraft strafed a column of peasants in Morazan.
Fighter jets pounded the outskirts of El Fasher on Tuesday.
An unmanned aircraft fired missiles at a car in Shabwa, killing three people.
""",
    "shelling": """
Shelling killed four residents of Kherson on Monday.
Rockets fired from the strip hit a house in Sderot.
Artillery fire hit a bus stop in Donetsk, wounding eight.
A mortar shell landed in a schoolyard in Taiz and killed two pupils.
Missiles struck a power plant near Kharkiv, officials said.
Rebels lobbed mortars at the presidential palace in Mogadishu.
The town of Goma was shelled overnight and two children were killed.
A ballistic missile attack on Kryvyi Rih injured thirty people.
Tank fire hit a clinic in Omdurman.
""",
    "remote-explosive": """
A roadside bomb killed three policemen in Nangarhar.
A car bomb exploded outside a bank in Bogota, wounding twenty people.
A farmer lost his leg when he stepped on a landmine in Kachin State.
Unknown persons set off a dynamite charge at the power company's office.
An improvised explosive device went off in a market in Jos.
The bus hit a mine near Gao and four passengers died.
Guerrillas blew up an oil pipeline in Arauca.
A bomb planted under a seat went off on a commuter train.
A blast tore through a police vehicle in Quetta, killing two constables.
""",
    "suicide-bombing": """
A suicide bomber blew himself up at a mosque in Kandahar, killing eight worshippers.
A suicide attack on a recruitment centre killed fourteen in Mogadishu.
Two women detonated their vests in a market in Maiduguri.
A suicide car bomb struck a checkpoint in Baghdad.
""",
    "grenade": """
Gunmen threw a grenade into a bar in Bujumbura, wounding nine.
A grenade attack on a church in Garissa killed one worshipper.
Unidentified men lobbed two hand grenades at a police post in Srinagar.
A grenade was hurled at the home of a councillor in Cali.
""",
    "chemical-weapon": """
Medics said chlorine gas was used in an attack on Saraqib.
A nerve agent attack killed dozens in a Damascus suburb.
Helicopters dropped canisters filled with chlorine gas on the town.
""",
    "attack": """
Gunmen opened fire on worshippers at a church in Owo, killing twenty.
A man was shot dead outside a convenience store in Memphis on Saturday night.
Police are investigating a drive-by shooting that wounded two teenagers in Chicago.
A 24-year-old woman was stabbed to death in her home.
Bandits killed eleven villagers in Kaduna.
Three men were found with gunshot wounds in a parked car in Tijuana.
A union leader was assassinated in Barrancabermeja.
Armed men beheaded seven fishermen on the lake shore.
Soldiers executed four detained farmers, a rights group said.
A prosecutor was gunned down by men on a motorcycle in Guayaquil.
Settlers beat a shepherd with clubs near Hebron.
Two aid workers were shot in Darfur.
An archbishop was murdered while saying mass.
The bodies of twelve men with their hands tied were discovered in a ditch.
The bodies of five bullet-riddled men were found beside the road.
Attackers armed with machetes hacked nine people to death in Ituri.
The suspect shot and killed his neighbor after an argument.
Six people were killed in a mass shooting at a shopping mall.
Unknown gunmen killed a journalist in Mogadishu.
Prisoners were tortured at the detention centre, former inmates said.
A judge was machinegunned as she left her house.
""",
    "sexual-violence": """
Militiamen raped at least a dozen women in a village in South Kivu.
Two girls were gang-raped by soldiers near the camp.
The UN documented cases of sexual violence by fighters in Tigray.
""",
    "abduction": """
Gunmen kidnapped 40 schoolgirls in Katsina.
Two engineers were abducted on the road to Goma.
Rebels took three soldiers hostage in Catatumbo.
The activist was forcibly disappeared in Lahore, his family said.
Soldiers kidnapped dozens of men in a series of raids across the valley.
Pirates hijacked a tanker off the coast of Somalia.
Militants seized a priest at his parish and drove off with him.
""",
    "arrest": """
Police arrested the opposition leader at his home in Tunis.
Soldiers rounded up dozens of men in overnight raids in Jenin.
Security agents detained two editors of an independent newspaper.
Authorities took six activists into custody in Minsk.
""",
    "peaceful-protest": """
Thousands of people took to the streets of Tbilisi to demand new elections.
Students staged a sit-in at the ministry of education.
Hundreds marched through Nairobi to protest against tax rises.
Relatives of the missing held a vigil in the main square, carrying placards.
Farmers blocked a highway with tractors to demand compensation in a peaceful protest.
Demonstrators formed a human chain around the parliament.
""",
    "protest-intervention": """
Police fired tear gas to disperse protesters in Dakar.
Riot police used water cannon against demonstrators in Santiago.
Officers broke up a demonstration in Harare and arrested twelve people.
Police dispersed a rally of teachers with batons in Oaxaca.
""",
    "excessive-force": """
Security forces opened fire on protesters in Mandalay, killing three.
Two protesters were shot dead by police in Nairobi.
Soldiers used live ammunition against demonstrators in Khartoum.
Five demonstrators were killed when troops fired on a march in Conakry.
""",
    "riot": """
Protesters hurled stones at police and set up burning barricades in Quito.
Rioters clashed with police in the streets of Belfast.
Demonstrators stormed the parliament building in Tripoli.
Riots broke out in two suburbs after the verdict.
""",
    "mob-violence": """
A mob lynched a man accused of theft in Antananarivo.
An angry mob beat two travellers to death in Assam.
Villagers formed a mob and burned a suspected cattle thief alive.
""",
    "property-destruction": """
Militiamen set fire to forty houses in a village near Geneina.
Armed men looted a warehouse of the World Food Programme in El Obeid.
Settlers torched two cars and a barn near Nablus.
Soldiers burned the village to the ground after the residents fled.
Bulldozers demolished eight homes in Masafer Yatta, residents said.
""",
    "weapons-seizure": """
Air defences shot down twelve drones over Kyiv.
Police seized rifles and ammunition hidden in a truck near Agadez.
The army foiled a suicide attack on a bus station in Lahore.
Sappers defused a bomb found beside a railway line.
Soldiers discovered a weapons cache in a farm in Basilan.
The army intercepted two missiles fired at the capital.
""",
    "territory-change": """
Rebels seized control of the town of Bunagana.
Government troops recaptured the village after two days of shelling.
The city fell to the paramilitaries on Sunday.
The army took control of three districts in the north.
Islamist fighters captured the town of Palma.
""",
    "agreement": """
The army and the rebels agreed a 72-hour ceasefire on Saturday.
The two sides signed a peace deal in Doha.
The warring parties exchanged 100 prisoners under a deal brokered by Qatar.
A truce between the rival clans was announced in Beledweyne.
""",
    "movement": """
The government deployed troops to the border region.
Russian forces withdrew from the island in June.
The army sent reinforcements to the besieged garrison.
Hundreds of fighters defected to the government side.
""",
    "other": """
Soldiers announced a coup on state television in Niamey.
A mass grave was found near the former base.
More than 3,000 people were displaced by the violence in Cabo Delgado, the UN said.
""",
}
PAIRS = [(kind, text) for kind, block in CASES.items() for text in block.strip().splitlines()]


@pytest.mark.parametrize(("kind", "sentence"), PAIRS)
def test_an_event_told_in_one_sentence_gets_its_type(base_nlp, kind, sentence):
    doc = base_nlp(sentence)
    triggers = find_triggers(doc)
    assert triggers, "no trigger"
    assert type_of_event(doc, triggers)[0] == kind


def test_no_triggers_are_no_known_kind(base_nlp):
    assert type_of_event(base_nlp("Nothing happened."), [])[0] == "other"


def test_the_reason_is_given_for_a_reviewer(base_nlp):
    doc = base_nlp("Clashes between soldiers and rebels killed nine fighters.")
    kind, reason = type_of_event(doc, find_triggers(doc))
    assert kind == "armed-clash"
    assert "two armed sides" in reason


def test_parties_given_by_the_actor_reader_decide_who_is_armed(base_nlp):
    doc = base_nlp("The Falcons killed six Herons.")
    triggers = find_triggers(doc)
    assert type_of_event(doc, triggers)[0] == "attack"
    falcons, herons = (next(t.i for t in doc if t.text == w) for w in ("Falcons", "Herons"))
    base = {"country": None, "antecedent": None, "actor_id": None, "kind": "militia"}
    doc._.actors = [
        {**base, "start": i, "end": i + 1, "head": i, "name": doc[i].text}
        for i in (falcons, herons)
    ]
    assert type_of_event(doc, triggers)[0] == "armed-clash"
