"""Hand-written pages in differing templates. People, events and outlets are invented."""

# ruff: noqa: E501, W293 - markup is kept as pages have it

from __future__ import annotations

TITLE = "Nine killed in dawn raid on Congo village"
PARAGRAPHS = (
    "GOMA, DR Congo — At least nine villagers were killed before dawn on Tuesday when fighters "
    "of a militia raided the hamlet of Kasugho, a local chief said.",
    "The attackers burned eleven houses and took several young men with them into the forest, "
    "according to two residents reached by telephone.",
    "An army spokesman put the number of dead at six and said that soldiers had chased the "
    "assailants towards the river.",
    "“We buried our people with our own hands,” said Marie Kavira, 43, whose brother was among "
    "the victims.",
    "Violence in the eastern provinces has driven more than a million people from their homes "
    "in the past two years.",
)
STORY = "\n\n".join(PARAGRAPHS)
CAPTION = "Residents inspect a burned house in Kasugho on Tuesday."


def tagged(tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{text}</{tag}>" for text in PARAGRAPHS)


OBSCURE = f"""<html><head><title>{TITLE} - Lake Kivu News</title></head><body><div class="c-8Hd">
<div class="x1"><a href=/>Home</a><a href=/w>World</a><a>Africa</a></div><div class="k9">
<h1 class="zz">{TITLE}</h1><div class="t5">By Paul Mbeki and Ruth Okello</div>
<div class="t6">5 March 2024 14:05 GMT</div><div class="t7">3 min read</div>
<div class="im"><img src=x><div class="cpx">{CAPTION} [Ruth Okello/Reuters]</div></div><div class="bd">
{"".join(f'<div class="pp">{text}</div>' for text in PARAGRAPHS[:3])}
<div class="nl0">Sign up to our newsletter to get the latest delivered to your inbox.</div>
{"".join(f'<div class="pp">{text}</div>' for text in PARAGRAPHS[3:])}</div>
<div class="rr"><div>Related articles</div><a href=1>Ten hurt in Bukavu market fire</a>
<a href=2>Lake ferry sinks with dozens aboard</a></div>
<div>© 2024 Lake Kivu News. All rights reserved.</div></div></div></body></html>"""

NO_METADATA = f"""<html><body><h1>{TITLE}</h1><p>By Paul Mbeki, Ruth Okello | March 5, 2024 2:05 pm GMT</p>
<div>{"<br><br>".join(PARAGRAPHS)}</div><hr>Copyright 2024</body></html>"""

TABLES = f"""<HTML><BODY BGCOLOR=white><TABLE><TR><TD><A HREF=a>News</A><BR><A HREF=b>Sport</A></TD><TD>
<FONT SIZE=5><B>{TITLE}</B></FONT><BR>Tuesday, 5 March 2024, 14:05 GMT<P>{"<P>".join(PARAGRAPHS)}
<P><A HREF=x>Back to top</A></TD></TR></TABLE></BODY></HTML>"""

AMP = f"""<!doctype html><html amp lang="en"><head><title>{TITLE}</title><script type="application/ld+json">
[{{"@context":"http://schema.org","@type":"NewsArticle","headline":"{TITLE}",
"datePublished":"2024-03-05T14:05:00Z","author":["Paul Mbeki",{{"@type":"Person","name":"Ruth Okello"}}],
"publisher":{{"@type":"Organization","name":"Lake Kivu News"}}}}]</script></head><body>
<amp-sidebar id=s><ul><li>Home</li></ul></amp-sidebar><main><h1>{TITLE}</h1><amp-img src=x></amp-img>
<figcaption>{CAPTION} <small>Ruth Okello/Reuters</small></figcaption>{tagged()}<amp-ad></amp-ad></main></body></html>"""

WORDPRESS = f"""<html lang=en-US><head><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="Lake Kivu News">
<meta property="article:published_time" content="2024-03-05T14:05:00+00:00">
<meta name="author" content="Paul Mbeki"><meta name="twitter:label1" content="Written by">
<meta name="twitter:data1" content="Paul Mbeki, Ruth Okello"></head>
<body class="post-template-default single single-post"><article id="post-9"
class="post-9 post type-post status-publish comments-open tag-related category-news hentry">
<header><h1 class="entry-title">{TITLE}</h1></header><div class="entry-content"><div class="wp-caption"><img>
<p class="wp-caption-text">{CAPTION} Photo: Ruth Okello/Reuters</p></div>{tagged()}
<div class="sharedaddy sd-sharing-enabled"><h3>Share this:</h3><ul><li>Twitter</li></ul></div>
<div id="jp-relatedposts"><h3>Related</h3><p>Ten hurt in Bukavu market fire</p></div></div></article>
<div id="comments"><h2>3 thoughts on “{TITLE}”</h2>
<p>My cousin was killed there, ten people died in fact and nobody cares about it.</p></div></body></html>"""

GRAPH = f"""<html lang="en"><head><title>{TITLE}</title><script type="application/ld+json">
{{"@context":"https://schema.org","@graph":[
{{"@type":"NewsArticle","headline":"Ten hurt in Bukavu market fire","datePublished":"2024-02-01T08:00:00Z",
"author":{{"@type":"Person","name":"Other Writer"}}}},
{{"@type":"WebPage","@id":"#page","name":"{TITLE}"}},
{{"@type":["NewsArticle"],"headline":"{TITLE}","datePublished":"2024-03-05T14:05:00Z",
"author":[{{"@id":"#p1"}},{{"@id":"#p2"}}],"publisher":{{"@id":"#org"}}}},
{{"@type":"Person","@id":"#p1","name":"Paul Mbeki"}},{{"@type":"Person","@id":"#p2","name":"Ruth Okello"}},
{{"@type":"NewsMediaOrganization","@id":"#org","name":"Lake Kivu News"}}]}}</script></head><body>
<header><nav>Home World</nav></header><h1>{TITLE}</h1><figure><img><figcaption>{CAPTION}
<span class="image-credit">Photo: Ruth Okello/Reuters</span></figcaption></figure>
<section class="story">{tagged()}</section><aside><h3>Most read</h3><a>Lake ferry sinks</a></aside>
<footer>Lake Kivu News</footer></body></html>"""

LIVE = f"""<html><head><title>Congo live: village raid toll rises</title>
<meta property="og:site_name" content="Lake Kivu News"><script type="application/ld+json">
{{"@type":"LiveBlogPosting","headline":"Congo live: village raid toll rises",
"datePublished":"2024-03-05T06:00:00Z","liveBlogUpdate":[{{"@type":"BlogPosting",
"headline":"Army gives lower toll","articleBody":"x"}}]}}</script></head><body>
<h1>Congo live: village raid toll rises</h1>
<article><time datetime="2024-03-05T14:05:00Z">14:05</time><h2>Chief says nine dead</h2>
<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></article>
<article><time datetime="2024-03-05T15:05:00Z">1 hour ago</time><h2>Army gives lower toll</h2>
<p>{PARAGRAPHS[2]}</p></article><article><h2>Voices</h2><p>{PARAGRAPHS[3]}</p>
<p>{PARAGRAPHS[4]}</p></article></body></html>"""

BROKEN = f"""<html><body><div><h1>{TITLE}<p>{PARAGRAPHS[0]}<div><p>{PARAGRAPHS[1]}</b></i></p></td>
<p>{PARAGRAPHS[2]}<p>{PARAGRAPHS[3]}<p>{PARAGRAPHS[4]}</"""

SAVED_AS_TEXT = f"""World

{TITLE}

The Kivu Mirror

March 5, 2024 • 3 min read
Image of {TITLE} {CAPTION} Photo: AFP

A chief and the army give different tolls for the raid on Kasugho

 

{PARAGRAPHS[0]}

 

{PARAGRAPHS[1]}

Advertisement

{PARAGRAPHS[2]}

ALSO READ
Ten hurt in Bukavu market fire

{PARAGRAPHS[3]}

{PARAGRAPHS[4]}

Profile picture of The Kivu Mirror
Author The Kivu Mirror

NEWSLETTER

Get the latest stories delivered to your inbox.
"""

ENGLISH = (
    "Gunmen killed three farmers near Goma on Monday, the defence ministry said. The rebel group "
    "denied any role in the attack on the village, which angered residents.\n"
)
FOREIGN = {
    "Arabic": "قال مسؤولون إن مسلحين قتلوا ثلاثة مزارعين قرب غوما يوم الاثنين في هجوم على قرية في شرق "
    "البلاد، فيما نفت الجماعة أي دور لها في الهجوم الذي أثار غضب السكان.\n",
    "Russian": "По словам представителей министерства обороны, в понедельник боевики убили трёх "
    "фермеров близ Гомы. Группировка отрицает свою причастность к нападению на деревню.\n",
    "French": "Des hommes armés ont tué trois agriculteurs près de Goma lundi, a annoncé le ministère de "
    "la Défense. Le groupe rebelle a nié toute implication dans l'attaque du village.\n",
}
