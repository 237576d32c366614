"""Words that say nothing about what people talk of: the commonest of six languages.

Short on purpose: words of feeling and of courtesy are among them, since everybody's posts to a
business have those.
"""

_ENGLISH = """
a about above actually after again against ago all almost already also always am an and another
any anybody anyone anything are aren't around as ask asked asking at away back be because been
before being below best better between big bit both but by came can can't cannot come comes coming
could couldn't day days did didn't do does doesn't doing don't done down each either else ever
every everybody everyone everything feel few find first for from full further gave get gets getting
give go goes going gone gonna good got great had hadn't happen happy has hasn't have haven't having
he hello her here hers hey hi him his hope how i i'd i'll i'm i've if in instead into is isn't it
it'll it's its itself just keep kind know last least less let let's like little long look looking
lot lots love loved lovely made make makes making many may maybe me mean might mine more morning
most much must my myself need never new next nice no nobody none nor not nothing now of off often
oh ok okay on once one only or other others our ours out over own people perhaps place please point
pretty put quite rather really right said same saw say saying says see seem seen she should
shouldn't show since so some somebody someone something sometimes somewhere soon sorry still stop
such sure take taken takes taking tell than thank thanks that that's the their them themselves then
there there's these they they're thing things think this those though thought three through time
times to today together told tomorrow tonight too took totally tried try trying twice two under
until up us use used using very wait want wanted wants was wasn't way we we'd we'll we're we've
week well went were weren't what what's when where which while who whole why will wish with within
without won't wonderful work works would wouldn't wow year years yes yesterday yet you you'd you'll
you're you've your yours yourself amazing bad awesome guys anyway mate lol
"""
_SPANISH = """
al algo algún alguna algunos ante antes aquí así aunque bien buen buena bueno buenos cada casi como
cómo con contra cual cuál cuando cuándo cuánto de del desde donde dónde dos el él ella ellas ellos
en entre era eres es esa ese eso esta está están estar este esto estos estoy fue gracias ha hace
hacer han hasta hay he hola hoy la las le les lo los mañana más me mejor mi mis mucho muchas muchos
muy nada ni no nos nosotros nunca o os otra otro para pero poco por porque puede puedo pues que qué
quien quién quiero se sea ser si sí sin sobre sois solo sólo son soy su sus también tan te tengo
tenéis tiene tienen todo todos tu tus un una uno unos usted ustedes va vamos vez vuestra vuestro y
ya yo
"""
_FRENCH = """
ai alors après as au aucun aussi autre aux avait avant avec avez avoir avons beaucoup bien bon
bonjour bonne ça car ce cela ces cet cette ceux chaque chez comme comment d'un d'une dans de déjà
demain depuis des deux dire dit donc du elle elles en encore entre est et était été être eu faire
fait faut hier ici il ils j'ai je jour jours jusqu'à l'on la là le les leur leurs lui ma mais me
même merci mes mieux moi moins mon ne nos notre nous on ont ou où par parce pas peu peut plus pour
pourquoi pouvez qu'est que quel quelle quelques quand qui quoi sa sans se ses si soir son sont sous
suis sur ta te tes toi ton toujours tous tout toute toutes très trop tu un une va vais vers voir vos
votre vous vraiment y
"""
_GERMAN = """
aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bitte bist da damit
danke dann das dass dein deine dem den denn der des dich die dies diese diesem diesen dieser dir
doch dort du durch ein eine einem einen einer eines einfach er es etwas euch euer eure für ganz
gar geht gerade gern gerne gestern gibt gut gute guten habe haben habt hallo hat hatte heute hier
hin ich ihm ihn ihr ihre im immer in ist ja jede jeder jetzt kann kannst kein keine können könnt
könnte machen mal man mehr mein meine mich mir mit möchte morgen muss nach nicht nichts noch nun
nur ob oder ohne schon sehr sein seine seit sich sie sind so super über um und uns unser unsere
unter viel viele vielen vielleicht vom von vor war waren warum was weil wenn wer werden wie wieder will wir wird wo
wurde zu zum zur zwei
"""
_ITALIAN = """
abbiamo ad adesso ai al alla alle allo anche ancora avete bene buon buona buono c'è che chi ci ciao
come con cosa così da dai dal dalla dei del della delle dello di domani dopo dove due e è ed era
essere fa fare fatto già giorno gli grazie ha hai hanno ho i il in io la le lei lo loro lui ma mai
me meglio mi mia mio molto ne nei nel nella no noi non nostra nostro o oggi ogni per perché però più
poco poi può qua quando quanto quella quelle quelli quello questa queste questi questo qui quindi
sarà se sei sempre senza si sì sia siamo siete solo sono sta stata stato su sua sul sulla suo tra
troppo tu tutti tutto un una uno va vi voi vostra vostro
"""
_PORTUGUESE = """
agora ainda amanhã antes ao aos aqui as às assim até bem boa bom cada com como da das de dela dele
depois desde dia dias do dois dos e é ela elas ele eles em então entre era essa esse esta está
estão estar estava este estou eu faz fazer foi fui gente há hoje isso isto já lá lhe mais mas me
melhor mesmo meu meus minha muita muito muitos na nada não nas nem no nos nós nossa nosso num numa
nunca o obrigada obrigado olá onde ontem os ou para pela pelo pode por porque pra qual quando
quanto que quem quero se sem sempre ser seu seus só sobre sua suas também te tem têm temos tenho ter
toda todas todo todos tudo um uma umas uns vai vamos vez você vocês vou
"""

STOP_WORDS = frozenset(
    f"{_ENGLISH} {_SPANISH} {_FRENCH} {_GERMAN} {_ITALIAN} {_PORTUGUESE}".split()
)
