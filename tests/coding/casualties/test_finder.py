import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from marsad.coding import extensions  # noqa: F401 - registers
from marsad.coding.casualties.finder import CasualtyFinder, find_figures

VOCAB = spacy.blank("en").vocab


def read(nlp, text, **report):
    doc = nlp(text)
    doc._.report = report
    return doc, find_figures(doc)


def sums(figures):
    """Outcome, low, high of each figure, parts marked with a +."""
    return [
        ("+" if f["subset_of"] is not None else "") + f"{f['outcome']} {f['low']}-{f['high']}"
        for f in figures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # voice and word order
        ("Fighters killed 14 soldiers near the border.", ["killed 14-14"]),
        ("14 soldiers were killed near the border.", ["killed 14-14"]),
        ("The blast left 3 dead and 20 wounded.", ["killed 3-3", "injured 20-20"]),
        (
            "A bomb hit a market, killing at least five and wounding dozens of others.",
            ["killed 5-None", "injured 24-None"],
        ),
        ("The clashes claimed the lives of 30 villagers.", ["killed 30-30"]),
        ("Twelve people lost their lives in the shelling.", ["killed 12-12"]),
        ("The bodies of nine men were recovered from a well.", ["killed 9-9"]),
        ("Fifteen bodies were pulled from the rubble.", ["killed 15-15"]),
        (
            "The raid caused the death of two soldiers and injuries to three others.",
            ["killed 2-2", "injured 3-3"],
        ),
        ("Attackers hacked to death nine villagers.", ["killed 9-9"]),
        ("Rebels said they lost four fighters.", ["killed 4-4"]),
        ("Ten others sustained injuries and were rushed to hospital.", ["injured 10-10"]),
        ("Medics found two men suffering from gunshot wounds.", ["injured 2-2"]),
        ("Soldiers shot dead a protester.", ["killed 1-1"]),
        ("Riders raided the hamlet, shooting dead nine herders.", ["killed 9-9"]),
        ("Raiders shot and killed four traders.", ["killed 4-4"]),
        ("Six men were gunned down outside a cafe.", ["killed 6-6"]),
        ("The mob burned alive two suspected thieves.", ["killed 2-2"]),
        ("Five villagers were burned alive.", ["killed 5-5"]),
        ("Three policemen were blown up by a mine.", ["killed 3-3"]),
        ("He was left for dead in a ditch.", ["injured 1-1"]),
        ("The army eliminated 12 militants.", ["killed 12-12"]),
        ("Twelve militants were eliminated.", ["killed 12-12"]),
        # headlines and capitals
        ("Gunmen kill 12 in northern village", ["killed 12-12"]),
        ("3 dead, 2 hurt in market blast", ["killed 3-3", "injured 2-2"]),
        (
            "GUNMEN KILLED FIVE PEASANTS AND WOUNDED TWO OTHERS NEAR THE TOWN.",
            ["killed 5-5", "injured 2-2"],
        ),
        # other outcomes
        ("Police rounded up 40 people.", ["detained 40-40"]),
        ("Officers took 12 into custody.", ["detained 12-12"]),
        ("Bandits kidnapped 30 schoolgirls.", ["abducted 30-30"]),
        ("Fighting forced 3,000 families from their homes.", ["displaced 3000-3000"]),
        ("Some 30,000 people fled their homes.", ["displaced 30000-30000"]),
        # lists whose first members are described
        (
            "A shell killed two nurses working for a charity and a third person.",
            ["killed 2-2", "killed 1-1"],
        ),
        (
            "A shell killed two reporters working for the Al Noor station and a third person.",
            ["killed 2-2", "killed 1-1"],
        ),
        ("Rebels killed two guards manning a gate and a woman fled.", ["killed 2-2"]),
        # the object ends before the clause
        ("A blast killed 19 people as students were sitting a test.", ["killed 19-19"]),
        # one hedge for two numbers
        (
            "AT LEAST 20 SOLDIERS AND 15 GUERRILLAS WERE KILLED.",
            ["killed 20-None", "killed 15-None"],
        ),
        ("At least 20 soldiers and a guide were killed.", ["killed 20-None", "killed 1-1"]),
        # described, possessed, possible
        ("At least 13 identified civilians were killed.", ["killed 13-None"]),
        (
            "Adam Fox was killed alongside 15 to 18 other guests, while dozens were wounded.",
            ["killed 1-1", "killed 15-18", "injured 24-None"],
        ),
        ("A shell wounded two boys and possibly killed a girl.", ["injured 2-2", "killed 0-1"]),
        ("Four guards may have been killed in the fire.", ["killed 0-4"]),
        ("A shell wounded Adam Fox's five sons.", ["injured 5-5"]),
        ("A shell killed Adam Fox's mother.", ["killed 1-1"]),
        ("Gunmen killed a 26-year-old Green Valley woman.", ["killed 1-1"]),
        ("Four died. One of the wounded men later died.", ["killed 4-4", "killed 1-1"]),
        # the unborn
        ("A woman and her unborn child were killed.", ["killed 1-1"]),
        # nobody
        ("No one was hurt in the attack.", ["injured 0-0"]),
        ("No casualties were reported.", ["killed 0-0", "injured 0-0"]),
        ("There were no immediate reports of casualties.", ["killed 0-0", "injured 0-0"]),
        # people in the plural
        (
            "Shells fell on the town, killing one man and injuring others.",
            ["killed 1-1", "injured 2-None"],
        ),
    ],
)
def test_figures_are_read_from_every_common_construction(base_nlp, text, expected):
    assert sums(read(base_nlp, text)[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was shot dead outside his home.", ["killed 1-1"]),
        ("The mayor was gunned down on Monday.", ["killed 1-1"]),
        ("A 19-year-old was fatally stabbed.", ["killed 1-1"]),
        ("Adam Fox, 34, was killed in the shelling.", ["killed 1-1"]),
        ("Two brothers were killed.", ["killed 2-2"]),
        ("The strike killed a couple in their sixties.", ["killed 2-2"]),
        ("A mother and her two children were killed.", ["killed 1-1", "killed 2-2"]),
        ("A family of five was killed.", ["killed 5-5"]),
        ("Both men died of their wounds.", ["killed 2-2"]),
        (
            "Adam Fox, Peter Lund and Maria Novak were killed.",
            ["killed 1-1", "killed 1-1", "killed 1-1"],
        ),
    ],
)
def test_people_without_a_number_are_counted_one_by_one(base_nlp, text, expected):
    assert sums(read(base_nlp, text)[1]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 people were killed, including three children.", ["killed 14-14", "+killed 3-3"]),
        (
            "At least 13 civilians, including seven women and five children, were killed.",
            ["killed 13-None", "+killed 7-7", "+killed 5-5"],
        ),
        ("A strike killed 12 people, three of them children.", ["killed 12-12", "+killed 3-3"]),
        (
            "Police said 14 people were arrested, among them two journalists.",
            ["detained 14-14", "+detained 2-2"],
        ),
        (
            "14 people were killed, including three children, and 20 wounded.",
            ["killed 14-14", "injured 20-20", "+killed 3-3"],
        ),
        ("Five people were injured, two of them critically.", ["injured 5-5"]),
    ],
)
def test_a_part_points_at_its_whole_and_is_not_added(base_nlp, text, expected):
    _, figures = read(base_nlp, text)
    assert sums(figures) == expected
    for figure in figures:
        if figure["subset_of"] is not None:
            assert figures[figure["subset_of"]]["subset_of"] is None


def test_groups_side_by_side_are_kept_apart(base_nlp):
    _, figures = read(base_nlp, "The army killed six civilians and three fighters.")
    assert [(f["low"], f["group"], f["group_kind"]) for f in figures] == [
        (6, "civilians", "civilian"),
        (3, "fighters", "armed-group"),
    ]


@pytest.mark.parametrize(
    ("text", "group", "kind"),
    [
        (
            "At least 14 members of the security forces were killed.",
            "members of the security forces",
            "police",
        ),
        ("Seven army officers were killed.", "army officers", "military"),
        ("The shelling wounded 6 women.", "women", "women"),
        ("Four attackers were killed.", "attackers", "perpetrators"),
        ("Two aid workers were abducted.", "aid workers", "aid-worker"),
        ("The blast left 3 dead.", None, None),
        (
            "Four members of the ministry's forces were killed.",
            "members of the ministry's forces",
            "military",
        ),
        ("Nine interior ministry personnel were killed.", "interior ministry personnel", "police"),
        ("Eleven rebel forces were killed.", "rebel forces", "armed-group"),
        ("Two border guards were killed.", "border guards", "police"),
        ("Two civil defence workers were killed.", "civil defence workers", "medical"),
        ("Three settlers were killed.", "settlers", "civilian"),
        ("The attorney general was killed.", "attorney general", "judicial"),
        ("Three gendarmes were killed.", "gendarmes", "police"),
        (
            "Six employees of the national power company were kidnapped.",
            "employees of the national power company",
            "civilian",
        ),
    ],
)
def test_the_group_is_told_in_the_words_of_the_report(base_nlp, text, group, kind):
    _, (figure,) = read(base_nlp, text)
    assert (figure["group"], figure["group_kind"]) == (group, kind)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("The death toll rose to 22 on Sunday.", 22),
        ("The attack raised the toll to nine.", 9),
        (
            "The toll from a siege by armed men at a beach hotel in the country's old port capital "
            "has risen to 21, a minister said.",
            21,
        ),
        ("The death toll from a mass shooting at a fair rose to nine.", 9),
        ("The number of people killed has risen from 12 to 17.", 17),
    ],
)
def test_a_running_toll_is_cumulative(base_nlp, text, low):
    _, (figure,) = read(base_nlp, text)
    assert (figure["outcome"], figure["low"], figure["cumulative"]) == ("killed", low, True)


def test_another_five_come_on_top(base_nlp):
    _, (figure,) = read(base_nlp, "Another five were hurt when the roof fell in.")
    assert figure["additive"]


@pytest.mark.parametrize(
    "text",
    [
        "More than 40,000 people have been killed since October.",
        "It was the worst since the 2014 attack that killed 132 children.",
        "A man was charged with killing two women.",
        "So far this year 310 civilians have been killed in the province.",
    ],
)
def test_totals_over_months_old_attacks_and_charges_are_background(base_nlp, text):
    _, figures = read(base_nlp, text, published="2024-12-26")
    assert figures
    assert all(figure["background"] for figure in figures)


@pytest.mark.parametrize(
    "text",
    [
        "A rocket killed 51 people, one of the deadliest strikes since the war began in 2022.",
        "The strike, the deadliest since the war began, killed 44 people.",
        "The army killed dozens of militants over the past day.",
        "In the past 24 hours 14 people were killed.",
        "Shelling has killed nine people in the last two weeks.",
        "At least 30 people have been killed since Saturday.",
        "At least 30 people have been killed since December 20.",
        "Shells killed nine people in a town that has been under siege since May.",
    ],
)
def test_a_figure_of_the_last_days_or_beside_a_rank_is_current(base_nlp, text):
    _, figures = read(base_nlp, text, published="2024-12-26")
    assert [f["background"] for f in figures] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Fighting has killed 900 people in the past two months.",
        "Some 300 people have been killed since the war began.",
        "At least 300 people have been killed since July 20.",
        "Since April, 300 people have been killed.",
        "So far in 2024, at least 47 people have been killed here.",
        "Raiders burned the farm in retaliation for the killing of two herders.",
        "The group said it acted to avenge the killing of three elders.",
        "The square is where four men were killed in an earlier attack.",
    ],
)
def test_a_figure_of_weeks_is_background(base_nlp, text):
    _, figures = read(base_nlp, text, published="2024-12-26")
    assert [f["background"] for f in figures] == [True]


@pytest.mark.parametrize(
    ("text", "current", "superseded"),
    [
        ("The toll has risen to 21. Officials had earlier put the toll at 13.", [21], [13]),
        ("The toll rose to 21, from an earlier toll of 13 dead.", [21], [13]),
        ("The mayor had previously reported that eight men were killed.", [], [8]),
        ("Officials initially said nine people died. The toll now stands at 14.", [14], [9]),
        ("The toll has risen to 21. A doctor had put the toll at 13.", [21], [13]),
        ("Officials initially said nine people died.", [9], []),  # there is no other number
        ("The army said earlier on Monday that 12 men were killed.", [12], []),
        ("Earlier on Monday a shell killed four people. A second one killed two.", [4, 2], []),
        ("Two men were killed by police, who have killed six in earlier raids.", [2, 6], []),
        ("The toll, previously given as 13, has risen to 21.", [21], []),
    ],
)
def test_a_number_told_as_an_earlier_one_is_superseded(base_nlp, text, current, superseded):
    _, figures = read(base_nlp, text)
    assert [f["low"] for f in figures if not f.get("superseded")] == current
    assert [f["low"] for f in figures if f.get("superseded")] == superseded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A suicide bomber blew himself up, killing 19 people.", ["killed 19-19"]),
        ("A bomber blew himself up. The bomber also died.", ["killed 1-1"]),
        ("A blast killed 20 people, including the attacker.", ["killed 20-20", "+killed 1-1"]),
    ],
)
def test_a_bomber_is_counted_only_where_the_words_count_him(base_nlp, text, expected):
    assert sums(read(base_nlp, text)[1]) == expected


def test_the_deadliest_attack_this_year_is_no_total_of_the_year(base_nlp):
    _, figures = read(base_nlp, "The bombing, which killed 40 people, was the deadliest this year.")
    assert [f["background"] for f in figures] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The bomb could have killed dozens.",
        "He threatened to kill 10 hostages.",
        "Thousands could die if the siege goes on.",
        "They planned to kidnap two diplomats.",
        "They killed three cows and shot down two drones.",
        "The vote killed the bill and wounded his pride.",
        "The driver was not hurt.",
        "Guards were hired to prevent judges from being murdered.",
        "A court sentenced him to death.",
        "Police fired 30 rounds and seized 12 rifles.",
        "The union called a strike over the dead season.",
    ],
)
def test_what_did_not_happen_to_people_is_no_figure(base_nlp, text):
    assert read(base_nlp, text)[1] == []


def test_a_wounded_person_who_died_is_counted_once(base_nlp):
    _, figures = read(base_nlp, "A wounded officer later died in hospital.")
    assert sums(figures) == ["killed 1-1"]


def test_the_doer_who_dies_is_a_perpetrator(base_nlp):
    _, figures = read(base_nlp, "The attacker struck a mosque, killing himself and 12 worshippers.")
    assert [(f["low"], f["group_kind"]) for f in figures] == [
        (1, "perpetrators"),
        (12, "religious"),
    ]


def test_the_figure_quotes_number_noun_and_outcome(base_nlp):
    doc, (figure,) = read(base_nlp, "Officials said at least 14 soldiers were killed on Monday.")
    assert doc[figure["start"] : figure["end"]].text == "at least 14 soldiers were killed"
    assert doc[figure["number"][0] : figure["number"][1]].text == "at least 14"
    assert doc[figure["predicate"]].text == "killed"


def test_sentences_without_a_parse_are_read_by_their_surface():
    words = "At least 14 soldiers were killed and 3 others wounded in the raid .".split()
    doc = Doc(VOCAB, words=words, sent_starts=[i == 0 for i in range(len(words))])
    assert sums(find_figures(doc)) == ["killed 14-None", "injured 3-3"]


def test_a_text_without_sentence_starts_is_read_as_one():
    doc = Doc(VOCAB, words="Gunmen killed 12 people".split())
    assert sums(find_figures(doc)) == ["killed 12-12"]


def test_an_empty_doc_has_no_figures():
    assert find_figures(Doc(VOCAB)) == []


def test_the_component_mirrors_its_figures_as_spans(base_nlp):
    doc = CasualtyFinder()(base_nlp("Gunmen killed 12 people."))
    assert [span.label_ for span in doc.spans["marsad_figures"]] == ["killed"]
    assert [span.text for span in doc.spans["marsad_figures"]] == ["killed 12 people"]


WORDS = """killed wounded dead 12 three dozens of people the a man , . and including toll rose to no
    one bodies hospital in custody lives their homes himself 34 ( ) - old year death missing more
    than between \n at least others soldiers Adam Fox was were who had not shot fatally""".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_no_order_of_words_breaks_the_finder(words):
    doc = Doc(VOCAB, words=words, sent_starts=[i == 0 for i in range(len(words))])
    for index, figure in enumerate(find_figures(doc)):
        assert 0 <= figure["start"] < figure["end"] <= len(doc)
        assert figure["high"] is None or figure["low"] <= figure["high"]
        assert figure["subset_of"] is None or 0 <= figure["subset_of"] != index


@pytest.mark.parametrize(
    ("text", "additive"),
    [
        ("Gunmen killed 14 soldiers. Ten more men were hurt.", [False, False]),
        ("Gunmen hurt 14 soldiers. Ten more men were hurt.", [False, True]),
        ("Gunmen killed 14 soldiers. Ten more were killed later.", [False, True]),
    ],
)
def test_more_is_on_top_of_those_of_the_same_outcome_only(base_nlp, text, additive):
    _, figures = read(base_nlp, text)
    assert [f["additive"] for f in figures] == additive


def test_the_subject_of_what_is_said_is_who_was_killed(base_nlp):
    text = (
        "People who shared the film say five guardians of the tomb of Idris al-Halabi, whom "
        "many revere, were murdered there."
    )
    _, figures = read(base_nlp, text)
    assert [(f["low"], f["group"]) for f in figures] == [(5, "guardians of the tomb")]


def test_mass_arrests_are_no_sum_of_a_war(base_nlp):
    text = "The state has detained 6,000 people, among them three generals. Police held two more."
    _, figures = read(base_nlp, text)
    assert [f["background"] for f in figures if f["low"] == 6000] == [False]


def test_burned_houses_are_no_injured_people(base_nlp):
    text = "Thousands of villagers fled, saying their houses had been burned."
    _, figures = read(base_nlp, text)
    assert {f["outcome"] for f in figures} == {"displaced"}
