"""Short lists of general English that tell a place name from other capital letters."""

__all__ = ["FIRST_WORDS", "LOCATIVE", "NO_PLACE_AFTER", "TITLES", "TYPE_WORDS"]

# Words that start sentences or headings and that are somewhere a town's name, too.
FIRST_WORDS = frozenset(
    """a about above according across after again against all along also although among an and
    another any april are around as at august back because before behind below both but by can
    central could daily day december despite did do during each earlier early east eastern either
    even every few february first five for four free friday from general given good great had half
    hall has have he head her here high hill his hope how however i if in independence indeed is it
    its january july june just last late later least less let like liberty lord man many march may
    meanwhile men military mine missile missiles mobile monday more most much my national never new
    next nice no none nor north northern not november now october of off officials old on one only
    or other our out over own park people perhaps plain police poor president quick rather reading
    republic river rocket rockets same saturday second security several she should since six small
    so some son south southern spring state still street such summer sunday tell ten than that the
    their them then there these they third this those three through thursday to today together
    tomorrow top tuesday two under union united until up us very war was we wednesday well were west
    western what when where whether which while white who whole why will winter with within without
    would yes yesterday yet you young your""".split()
)
# After these words a place name says where something is.
LOCATIVE = frozenset(
    "in at from near to of around outside inside towards toward across into through reach reaching"
    " hit hits hitting strike striking between and or over off against beyond threaten".split()
)
# Before a name they make it a person's.
TITLES = frozenset(
    """mr mrs ms dr sir lord lady king queen prince princess president minister secretary general
    gen colonel col captain capt major maj admiral adm lieutenant lt sergeant sgt senator sen rep
    governor gov chancellor professor prof ambassador sheikh sheik ayatollah imam pope judge justice
    chairman spokesman spokeswoman commander marshal brigadier""".split()
)
# After a name they make it part of an organisation's, a person's or a thing's.
NO_PLACE_AFTER = frozenset(
    """force forces army brigade brigades post times university institute institution bank airlines
    airways party movement front council committee ministry agency group corporation corp inc ltd
    company co street road avenue boulevard hospital school college club united city's fc news
    journal herald tribune gazette observer treaty accord accords agreement convention declaration
    conference summit missile missiles rocket rockets tank tanks""".split()
)
# Kinds of regions that belong to a name before or after them.
TYPE_WORDS = frozenset(
    "province governorate oblast state region county district prefecture parish republic".split()
)
