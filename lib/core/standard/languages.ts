import type { Code } from './code-list.ts'

/**
 * Languages by ISO 639-1 code, and by ISO 639-3 code where Part 1 has none: those that registers of
 * births, schools and health services in the United Kingdom name. A line: code, three-letter code,
 * English names. Source: ISO 639-1, 639-2 (T) and 639-3; names as the NHS and the school census
 * write them.
 */
const LANGUAGES = `
aa aar Afar
ab abk Abkhazian
ae ave Avestan
af afr Afrikaans
ak aka Akan,Twi/Akan
am amh Amharic
an arg Aragonese
ar ara Arabic,Arabic (any other),Arabic (Iraq),Arabic (Morocco),Arabic (Sudan),Moroccan Arabic
as asm Assamese
av ava Avaric
ay aym Aymara
az aze Azerbaijani,Azeri
ba bak Bashkir
be bel Belarusian
bg bul Bulgarian
bh bih Bihari
bi bis Bislama
bm bam Bambara
bn ben Bengali,Bangla
bo bod Tibetan
br bre Breton
bs bos Bosnian
ca cat Catalan
ce che Chechen
ch cha Chamorro
co cos Corsican
cr cre Cree
cs ces Czech
cu chu Church Slavic
cv chv Chuvash
cy cym Welsh,Cymraeg
da dan Danish
de deu German
dv div Dhivehi,Maldivian
dz dzo Dzongkha
ee ewe Ewe
el ell Greek
en eng English,English only,British English
eo epo Esperanto
es spa Spanish,Castilian
et est Estonian
eu eus Basque
fa fas Persian,Farsi,Persian/Farsi
ff ful Fulah,Fula,Fulani,Pulaar
fi fin Finnish
fj fij Fijian
fo fao Faroese
fr fra French
fy fry Western Frisian,Frisian
ga gle Irish,Gaelic (Irish),Irish Gaelic
gd gla Scottish Gaelic,Gaelic (Scotland),Gaelic
gl glg Galician
gn grn Guarani
gu guj Gujarati
gv glv Manx
ha hau Hausa
he heb Hebrew
hi hin Hindi
ho hmo Hiri Motu
hr hrv Croatian
ht hat Haitian Creole,Haitian
hu hun Hungarian
hy hye Armenian
hz her Herero
ia ina Interlingua
id ind Indonesian,Bahasa Indonesia
ie ile Interlingue
ig ibo Igbo
ii iii Sichuan Yi
ik ipk Inupiaq
io ido Ido
is isl Icelandic
it ita Italian
iu iku Inuktitut
ja jpn Japanese
jv jav Javanese
ka kat Georgian
kg kon Kongo,Kikongo
ki kik Kikuyu,Gikuyu
kj kua Kuanyama
kk kaz Kazakh
kl kal Greenlandic
km khm Khmer,Cambodian
kn kan Kannada
ko kor Korean
kr kau Kanuri
ks kas Kashmiri
ku kur Kurdish
kv kom Komi
kw cor Cornish
ky kir Kyrgyz
la lat Latin
lb ltz Luxembourgish
lg lug Luganda,Ganda
li lim Limburgish
ln lin Lingala
lo lao Lao
lt lit Lithuanian
lu lub Luba-Katanga
lv lav Latvian
mg mlg Malagasy
mh mah Marshallese
mi mri Maori
mk mkd Macedonian
ml mal Malayalam
mn mon Mongolian
mr mar Marathi
ms msa Malay,Bahasa Melayu
mt mlt Maltese
my mya Burmese
na nau Nauru
nb nob Norwegian Bokmal
nd nde North Ndebele,Ndebele
ne nep Nepali
ng ndo Ndonga
nl nld Dutch,Flemish,Dutch/Flemish
nn nno Norwegian Nynorsk
no nor Norwegian
nr nbl South Ndebele
nv nav Navajo
ny nya Chichewa,Nyanja,Chewa
oc oci Occitan
oj oji Ojibwa
om orm Oromo
or ori Odia,Oriya
os oss Ossetian
pa pan Punjabi,Panjabi,Panjabi (Gurmukhi)
pi pli Pali
pl pol Polish
ps pus Pashto,Pushto
pt por Portuguese,Brazilian Portuguese,Portuguese (Brazil)
qu que Quechua
rm roh Romansh
rn run Rundi,Kirundi
ro ron Romanian,Moldovan,Romanian (Romania)
ru rus Russian
rw kin Kinyarwanda
sa san Sanskrit
sc srd Sardinian
sd snd Sindhi
se sme Northern Sami
sg sag Sango
si sin Sinhala,Sinhalese
sk slk Slovak
sl slv Slovenian,Slovene
sm smo Samoan
sn sna Shona
so som Somali
sq sqi Albanian,Shqip,Albanian/Shqip
sr srp Serbian
ss ssw Swati
st sot Southern Sotho,Sesotho
su sun Sundanese
sv swe Swedish
sw swa Swahili,Kiswahili
ta tam Tamil
te tel Telugu
tg tgk Tajik
th tha Thai
ti tir Tigrinya
tk tuk Turkmen
tl tgl Tagalog
tn tsn Tswana
to ton Tongan
tr tur Turkish
ts tso Tsonga
tt tat Tatar
tw twi Twi
ty tah Tahitian
ug uig Uyghur
uk ukr Ukrainian
ur urd Urdu
uz uzb Uzbek
ve ven Venda
vi vie Vietnamese
vo vol Volapuk
wa wln Walloon
wo wol Wolof
xh xho Xhosa
yi yid Yiddish
yo yor Yoruba
za zha Zhuang
zh zho Chinese,Chinese (any other)
zu zul Zulu
bfi bfi British Sign Language,BSL,Sign language
bem bem Bemba
ceb ceb Cebuano
ckb ckb Central Kurdish,Sorani,Kurdish Sorani,Kurdish (Sorani)
cmn cmn Mandarin,Mandarin Chinese,Chinese (Mandarin)
fil fil Filipino,Filipino/Tagalog
fat fat Fante
gaa gaa Ga
hak hak Hakka,Chinese (Hakka)
jam jam Jamaican Creole,Jamaican Patois,Patois,Caribbean Creole
kmr kmr Northern Kurdish,Kurmanji,Kurdish (Kurmanji)
kri kri Krio
luo luo Luo
lua lua Luba-Kasai,Tshiluba
mfe mfe Morisyen,Mauritian Creole
men men Mende
pcm pcm Nigerian Pidgin,Pidgin English
pov pov Guinea-Bissau Creole
kea kea Kabuverdianu,Cape Verdean Creole
prs prs Dari,Dari Persian
rom rom Romani,Romany
swb swb Comorian
sco sco Scots
syl syl Sylheti,Bengali (Sylheti)
tem tem Temne
tpi tpi Tok Pisin
tzm tzm Tamazight,Berber
yue yue Cantonese,Chinese (Cantonese)
mnk mnk Mandinka
srr srr Serer
snk snk Soninke
bin bin Edo,Bini
efi efi Efik
ibb ibb Ibibio
urh urh Urhobo
iso iso Isoko
ijo ijo Ijaw
kab kab Kabyle
hmn hmn Hmong
phr phr Mirpuri,Pahari,Pahari-Potwari
skr skr Saraiki
hnd hnd Hindko
bal bal Balochi
tig tig Tigre
mwr mwr Marwari
kok kok Konkani
tcy tcy Tulu
awa awa Awadhi
`

/** The languages as a code list; the three-letter code and further names are synonyms. */
export const LANGUAGE_CODES: readonly Code[] = LANGUAGES.trim()
  .split('\n')
  .map((line) => {
    const [code = '', threeLetter = '', ...rest] = line.split(' ')
    const [label = '', ...names] = rest.join(' ').split(',')
    return { code, label, synonyms: [threeLetter, ...names] }
  })
