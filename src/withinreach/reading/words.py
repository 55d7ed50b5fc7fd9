"""Word classes of general English that tell a place name from other capital letters.

Each class says what a word means when it stands before or after a name: "in" says where something
is, "Mayor" makes the name a person's, "Avenue" makes it a street's.
"""

__all__ = [
    "AFTER",
    "BEFORE",
    "BODIES",
    "FEATURES",
    "FIRST_WORDS",
    "GENERIC",
    "KINDS_OF_PLACES",
    "KINDS_OF_TOWNS",
    "TYPE_WORDS",
]

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
# Kinds of regions that belong to a name before or after them.
TYPE_WORDS = frozenset(
    "province governorate oblast state region county district prefecture parish republic".split()
)
# "the city of X": what stands before "of" when a place follows.
KINDS_OF_PLACES = frozenset(
    """city town township village hamlet borough municipality county parish district province state
    region republic island islands isle kingdom port suburb suburbs outskirts neighbourhood
    neighborhood capital governorate prefecture oblast emirate territory enclave settlement
    community gulf bay strait straits sea lake cape coast shores banks north south east west
    northeast northwest southeast southwest centre center part parts people citizens residents
    streets mayor governor population area vicinity resident native university bishop archbishop
    diocese""".split()
)
# News writes them small, "the Korean peninsula": such a word belongs to the name.
FEATURES = frozenset(
    """peninsula islands island archipelago atoll reef sea gulf bay strait straits channel river
    lake delta basin desert mountains hills valley plateau cape coast plain plains region
    highlands""".split()
)
KINDS_OF_TOWNS = frozenset("city town village hamlet suburb neighbourhood neighborhood".split())
_DIRECTIONS = frozenset(
    """north south east west northern southern eastern western northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern north-east north-west south-east
    south-west north-eastern north-western south-eastern south-western central upper lower mid
    downtown uptown greater inner outer rural suburban metropolitan metro upstate mainland
    coastal""".split()
)
_BEFORE = {
    "in": "in",
    "at": "at",
    "near": "near outside around across throughout inside within nearby surrounding",
    "into": "into toward towards through via onto across over beyond past amid leaving left"
    " visiting visited visit",
    "from": "from",
    "to": "to",
    "of": "of",
    "for": "for",
    "on": "on upon",
    "with": "with without about against versus vs like unlike including",
    "by": "by",
    "between": "between among",
    "reach": """reach reaches reaching reached hit hits hitting strike strikes striking struck
        attack attacks attacked attacking target targets targeting targeted threaten threatens
        threatening bomb bombed bombing shell shelled shelling capture captured seize seized
        besiege besieged enter entered invade invaded liberate liberated""",
    "and": "and or & nor",
    "the": "the this each every another any some",
    "a": "a an one",
    "its": "his her their my our your its",
    "said": """said says say told tells added adds asked asks replied recalled explained noted
        announced according thanks thank dear hi hello born died met married son
        daughter wife husband brother sister father mother friend uncle aunt cousin nephew niece
        grandson granddaughter""",
    "named": "called named dubbed nicknamed titled christened",
    "title": """mr mrs ms miss dr sir lord lady king queen prince princess president minister
        secretary general gen colonel col captain capt cpt major maj admiral adm lieutenant lt
        sergeant sgt cpl corporal pvt senator sen rep representative congressman congresswoman
        governor gov chancellor professor prof ambassador sheikh sheik ayatollah imam pope judge
        justice chairman chairwoman spokesman spokeswoman commander marshal brigadier mayor
        councilman councilwoman councillor cllr alderman rev reverend father bishop archbishop
        cardinal pastor deacon deputy sheriff officer detective agent trooper chief coach
        quarterback goalkeeper striker midfielder defender captain manager director superintendent
        principal attorney lawyer commissioner inspector constable premier chancellor treasurer
        mp hms uss hmas hmcs hmnzs frigate cruiser destroyer corvette submarine
        tanker vessel ferry yacht trawler freighter carrier saint sister brother
        actor actress singer author novelist writer artist""",
    "be": "is was were are be been being has had have became becomes",
    "when": """when while because if where after before since until as than although though but
        then so that which who whose what how why also now today yesterday tomorrow last next""",
    "team": "beat beats defeated defeat defeats against versus vs lost drew facing host hosted",
    "month": """january february march april may june july august september october november
        december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday
        thursday friday saturday sunday""",
}
_AFTER = {
    "type": """province governorate oblast state region district prefecture republic governorates
        provinces peninsula municipality commune canton emirate territory city town village
        island islands area areas suburb neighbourhood neighborhood valley border coast coastline
        harbour harbor port airport campus site metro metropolitan residents resident native
        natives woman man men women teenager couple family families resort capital""",
    "said": """said says say told tells added adds asked asks replied recalled explained noted
        joked wrote writes argued thinks thought believes believed knew knows wants wanted loves
        loved smiled laughed scored led signed pleaded testified died joined hopes hoped felt
        feels""",
    "who": "who whose whom jr sr",
    "be": "is was be been has had will would could should can may might must did does",
    "are": "are were have do",
    "and": "and or &",
    "in": "in at on near from to of for with by as after before during since until over under",
    "when": "when while because if where that which but so than then about into through",
}
_AFTER["weapon"] = """missile missiles rocket rockets drone drones gun guns howitzer howitzers
    launcher launchers shells torpedo torpedoes tank tanks rifle rifles frigate cruiser destroyer
    submarine aircraft jets bomber bombers warship vessel ship tanker"""
_AFTER_CAPITAL = {
    "type": """province governorate oblast state region district prefecture parish republic city
        town village island islands peninsula valley territory municipality heights isles""",
    "county": "county co counties",
    "township": "township twp borough parish",
    "water": """river creek lake bay sea gulf strait canal sound harbor harbour reservoir lakes
        rivers falls springs beach pond bayou bridge dam""",
    "land": """mountain mountains mount hill hills forest park desert plain plains plateau ridge
        canyon pass national memorial square zoo gardens garden cemetery museum theatre theater
        arena stadium center centre mall plaza station palace castle cathedral tower hall house
        airport port""",
    "street": """street st road rd avenue ave boulevard blvd drive dr lane ln court ct place pl
        highway hwy parkway pkwy circle terrace way route turnpike pike expressway freeway trail
        interstate""",
    "school": """university college school schools academy elementary middle high junior institute
        institution""",
    "civic": """police fire sheriff sheriff's department council board commission authority
        district office mayor municipal public library chamber court hospital medical health
        regional community united area downtown""",
    "org": """times post herald tribune gazette observer journal news daily chronicle star inc ltd
        llc corp corporation company co group bank airlines airways insurance financial foundation
        association society club fc city's united rovers wanderers party movement front army forces
        force brigade agency ministry treaty accord accords agreement convention declaration
        conference summit missile missiles rocket rockets tank tanks act bill law award prize
        church committee brothers sons partners""",
    "person": "jr sr iii ii",
    "month": """january february march april may june july august september october november
        december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday
        thursday friday saturday sunday""",
}


def _by_word(classes: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in reversed(classes.items()) for word in words.split()}


# Armed groups, alliances and bodies of states, which news names as it names countries.
BODIES = frozenset(
    """hezbollah hizbollah hizbullah hamas houthi houthis taliban isis isil nato wagner pentagon
    kremlin knesset congress senate parliament assembly committee subcommittee council ministry
    commission command aukus asean opec""".split()
)
# General words with a capital letter; towns of such names are named with their state at best.
GENERIC = (
    BODIES
    | frozenset(
        word
        for group in (
            "type",
            "county",
            "township",
            "water",
            "land",
            "street",
            "school",
            "civic",
            "org",
            "month",
        )
        for word in _AFTER_CAPITAL[group].split()
    )
    | frozenset(
        " ".join(
            _BEFORE[group] for group in ("title", "the", "its", "said", "be", "when", "month")
        ).split()
    )
    | frozenset(
        """north south east west northeast northwest southeast southwest central upper lower federal
    national western eastern northern southern union bureau agency""".split()
    )
)
# Days and months.
DAYS = frozenset(_BEFORE["month"].split())
# Word in small letters -> its class.
BEFORE = _by_word(_BEFORE) | dict.fromkeys(_DIRECTIONS, "direction")
AFTER = _by_word(_AFTER), _by_word(_AFTER_CAPITAL)
