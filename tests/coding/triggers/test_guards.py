"""Sentences that talk of violence or protest and tell of none leave no trigger."""

import pytest

from marsad.coding.triggers.finder import find_triggers

ARGUMENT = """
The governor faces an uphill election battle in the coastal districts this autumn.
Two energy firms are locked in a legal battle over drilling permits.
The minister launched a verbal attack on the central bank's chairman.
She called the advert an attack on his record as mayor.
Critics said the measure amounts to an assault on the free press.
The senator came under fire for remarks about pensioners.
The education secretary came under heavy fire over the exam results.
The committee voted to kill the bill before the recess.
Lawmakers clashed over the budget for a third day.
The two economists clashed on television over interest rates and tax policy.
The prime minister blasted the ruling and vowed to appeal.
The opposition leader survived a leadership battle within his party.
Rival factions of the party are fighting for control of the nomination.
The chancellor was ambushed by reporters outside the conference hall.
The minister was bombarded with questions about the contract.
Farm groups mounted an attack on the proposed subsidy reform.
The trade war between the two capitals is hurting exporters.
A price war broke out among the discount airlines.
The war of words between the coach and the federation went on.
Commentators saw the speech as an assault on taxes.
The court struck down the law as unconstitutional.
The council shot down the proposal for a new stadium.
Voters cast a protest vote against the two big parties.
The ambassador lodged a formal protest with the foreign ministry.
He resigned in protest at the merger.
The debate turned into a clash of personalities.
The agency launched a campaign against smoking.
The president stormed out of the meeting after the vote.
The mayor's decision drew fire from shopkeepers.
The paper published an explosive report on campaign finance.
""".strip().splitlines()

SPORT = """
The striker shot wide after ten minutes and the home fans groaned.
The home side beat the champions by three goals in the final.
The captain fired his team into the semi-final with a late strike.
The title clash between the league leaders ended in a draw.
The visitors attacked from the start of the match but the goalkeeper saved everything.
The midfielder battled an ankle injury all season.
The batsman exploded in the last overs with six boundaries before losing his wicket.
The tennis champion fought back from two sets down to reach the quarterfinal.
The quarterback was captured by scouts who offered him a place in the league.
The team was massacred in the opening game of the tournament, losing 9-0.
The defender will miss the match because of a knee injury.
The forward scored with a fierce shot in injury time.
The sprinter broke away and captured the gold medal.
Rally drivers set off for the final stage of the world rally.
The bowler ripped through the batting and took five wickets.
The club's new striker was shot on goal eight times, the coach joked.
The basketball team rallied from behind to beat its rivals in overtime.
The boxer knocked out his opponent in a bloody title fight.
The hockey team defended its penalty area against wave after wave of attacks.
The cyclist launched his attack on the last climb of the race and won the championship.
""".strip().splitlines()

ARTS = """
The director shot the film in a former coal mine.
The actor was kidnapped in the film by a gang of clowns.
Her new novel about the massacre has won a prize.
The documentary looks at the bombing of the harbour in 1943.
In the video game, players raid villages and kill dragons.
The museum opened an exhibition on the siege of the old town.
The comedy bombed at the box office.
His latest thriller opens with the murder of a banker.
The band's album Riot went to the top of the chart.
The photographer captured on video the moment the whale jumped.
The play tells the story of a mutiny on a merchant ship.
The crime novel is set in a small fishing port.
The singer said the song is about the shooting of her brother in the movie.
The series follows detectives who hunt a killer in the film's second half.
The gamers attacked the boss with everything they had in the new sequel.
The painting shows the execution of a king.
The opera ends with the assassination of the count.
Killer heels are back on the catwalk this season.
The box office bomb cost the studio ninety million.
The movie's plot turns on a hijacked airliner.
""".strip().splitlines()

BUSINESS = """
Stocks rallied after the central bank held its rate.
Shares in the carmaker were hammered on Monday as profits fell.
There was a bloodbath in the markets after the earnings call.
The airline fired its chief executive over falling sales.
The firm seized the opportunity to buy its rival.
The start-up has seen explosive growth in its first year.
The company was hit by higher fuel prices.
The execution of the contract will take three years.
Brokers executed the orders before noon.
The phone maker captured a third of the market.
The takeover battle ended when the larger bidder withdrew its offer.
The retailer slashed prices before the holidays.
The supermarket chain launched a raid on its rival's customers.
Oil prices took a beating on Tuesday.
The bank withdrew its support for the merger.
The firm deployed new software in all its branches.
The two companies signed an agreement to build ships.
The trade deal was signed by both ministers in the spring.
The company's free agent programme ended.
The regulator seized cash and documents from the broker.
The currency came under attack from speculators.
The chipmaker's shares surged in a late rally.
""".strip().splitlines()

HEALTH_AND_NATURE = """
The former mayor died of a heart attack on Sunday.
The poet died peacefully at his home, aged 91.
She suffered a panic attack during the exam.
The singer is battling cancer, her family said.
The earthquake killed 300 people in the mountain villages.
Flash floods killed at least twelve people in the valley on Friday.
The cyclone hit the coast and killed dozens.
A bus crash killed nine pupils on the coastal highway.
Two fishermen drowned when their boat capsized.
A shark attack left a surfer with serious injuries.
Cholera has killed 41 people since the rains began.
Five miners died when a coal mine collapsed.
A gas explosion destroyed a bakery in the old quarter.
A fire at a warehouse injured four workers.
The volcano exploded on Tuesday, covering farms in ash.
Firefighters battled flames in the pine forest for two days.
A severe storm battered the northern coast overnight.
The patient went into cardiac arrest during the operation.
The dog attacked a postman in the garden.
The heatwave has killed more than fifty elderly people.
The train derailed and twelve passengers were injured.
A crowd fled when lightning struck a tree near the stage.
An avalanche killed three skiers near the pass.
The virus has killed two thousand people in the region.
The motorist was killed when his car collided with a lorry.
Villagers said an elephant killed a farmer near the river.
The children died after eating poisonous mushrooms.
A boiler explosion at a textile factory injured six.
The retired teacher died at the age of 88 after a long illness.
Forty passengers died when the overloaded ferry sank.
""".strip().splitlines()

LABOUR_AND_DRILL = """
Teachers went on strike over pay in three provinces.
A rail strike is expected to disrupt travel on Thursday.
The union called off its strike after talks with employers.
The nurses' strike entered its second week.
Prisoners ended a hunger strike after nine days.
The navies held a joint military exercise in the strait.
Soldiers simulated an attack on an airfield during the drill.
The army held live-fire drills near the border.
Volunteers re-enacted the battle in period costume.
The air force test-fired a missile over the desert.
Pilots at the flag carrier began a 48-hour strike over wages.
The bomb squad trained new dogs.
Bomb disposal experts gave a talk at the school.
The missile test was watched by the president.
The rocket was launched into orbit from the southern spaceport.
The probe's rocket launch was delayed by bad weather.
""".strip().splitlines()

OTHER_SENSES = """
The meeting will take place in March.
On March 12 the council will vote.
The march of time has not been kind to the palace.
The school band led the Christmas parade.
Drone footage showed the crowds on the beach.
The chef fired up the ovens at dawn.
Burglars raided the fridge and left.
An arresting image of the comet won the prize.
The engineer said the tank held nine thousand litres of water.
The oil company Shell reported higher sales.
He took a shot at the presidency.
The vaccine shot is free for children.
The judge issued an arrest warrant for tax fraud.
The murder trial of a wealthy heir opened on Monday.
The sitcom about arrested development returns in the autumn.
The new law on gun control passed in the lower house.
Hackers launched an attack on the ministry's website.
A cyberattack shut down the hospital's computers.
The climbers made a final assault on the summit.
The gold mine employs four hundred people.
The general strike closed shops across the capital.
The agency released the figures on Friday.
The star died down in popularity.
Scientists captured the image with a new telescope.
The team of doctors withdrew the drug from the market.
The charity held a vigil mass for sailors.
Half the battle is turning up on time.
The bride's dress clashed with the curtains.
The phone battery may explode in hot weather.
The baby's first word was a bombshell.
The army of volunteers cleaned the beach.
He killed time at the airport reading.
The carpenter nailed and hammered all morning.
The suspense is killing us, fans of the film wrote.
The deadline passed without a deal on trade.
The yoga retreat in the hills is fully booked.
""".strip().splitlines()


@pytest.mark.parametrize(
    "sentence",
    [*ARGUMENT, *SPORT, *ARTS, *BUSINESS, *HEALTH_AND_NATURE, *LABOUR_AND_DRILL, *OTHER_SENSES],
)
def test_words_of_violence_in_another_sense_leave_no_trigger(base_nlp, sentence):
    assert [t["entry"] for t in find_triggers(base_nlp(sentence))] == []


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        # The field's own words must not silence violence that is told beside them.
        ("Gunmen opened fire on football fans outside the stadium, killing two.", "opened fire"),
        ("A bomb exploded at a film festival in the capital, wounding nine.", "exploded"),
        ("Rebels killed 14 soldiers in the flood-hit valley, the army said.", "killed"),
        ("Two militants were killed after not accepting a reconciliation deal.", "killed"),
        ("Soldiers shot dead a striking miner during a walkout over pay.", "shot dead"),
        ("Fighters attacked a hospital treating cholera patients.", "attacked"),
        ("An actress was shot and wounded by gunmen in Karachi.", "shot"),
        ("The candidate was stabbed at an election rally.", "stabbed"),
        ("Insurgents ambushed the trade minister's convoy.", "ambushed"),
        ("The stock exchange building was hit by a car bomb.", "car bomb"),
        ("Drone strikes on an oil refinery caused an explosion and a fire.", "Drone strikes"),
        ("Raiders kidnapped three players of a village football team.", "kidnapped"),
    ],
)
def test_violence_told_beside_sport_film_or_disaster_stands(base_nlp, sentence, word):
    doc = base_nlp(sentence)
    assert word in [doc[t["start"] : t["end"]].text for t in find_triggers(doc)]


def test_harm_takes_its_cause_from_the_sentence_before(base_nlp):
    flood = "Rivers burst their banks after torrential rains and a landslide. Nine people died."
    raid = "Gunmen stormed the village at dawn and shot at residents. Nine people died."
    assert find_triggers(base_nlp(flood)) == []
    assert [t["entry"] for t in find_triggers(base_nlp(raid))][-1] == "die"


def test_a_weak_word_needs_support_in_its_neighbourhood(base_nlp):
    assert find_triggers(base_nlp("The attack was sharp.")) == []
    supported = base_nlp("The attack was carried out by militants.")
    assert [t["entry"] for t in find_triggers(supported)] == ["attack"]


def test_the_second_mention_of_an_attack_leans_on_the_first(base_nlp):
    text = "A suicide bombing killed ten people at a market. The attack came at noon."
    assert find_triggers(base_nlp(text))[-1]["entry"] == "attack"


def test_a_weapon_alone_evokes_nothing(base_nlp):
    assert find_triggers(base_nlp("The ministry will buy drones and rifles next year.")) == []
    doc = base_nlp("A drone killed three people in Idlib.")
    assert [t["role"] for t in find_triggers(doc)] == ["means", "harm"]
