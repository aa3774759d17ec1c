/**
 * The names people in the demonstration have, and what goes with them. Invented families; the mix
 * is that of an inner London borough with large Portuguese-speaking, Latin American, Somali,
 * Arabic-speaking and West African communities. The weights are assumptions, in the order of ONS
 * Census 2021 for Lambeth (ethnic group, main language).
 */

export interface Community {
  readonly code: string
  readonly weight: number
  readonly girls: readonly [string, ...string[]]
  readonly boys: readonly [string, ...string[]]
  readonly surnames: readonly [string, ...string[]]
  /** ISO 639 codes; the first is the likeliest. */
  readonly languages: readonly [string, ...string[]]
  /** NHS ethnic categories. */
  readonly ethnicities: readonly [string, ...string[]]
  /** Whether people have two surnames, of which some services keep one. */
  readonly twoSurnames: boolean
}

function words(text: string): [string, ...string[]] {
  const [first = '', ...rest] = text.split(',').map((word) => word.trim())
  return [first, ...rest]
}

/** Every community, with the weights by which families are drawn. */
export const COMMUNITIES: readonly [Community, ...Community[]] = [
  {
    code: 'british-irish',
    weight: 34,
    girls: words(
      'Olivia,Amelia,Isla,Ava,Mia,Ivy,Lily,Isabella,Rosie,Sophia,Grace,Freya,Florence,Willow,Ella,Emily,Poppy,Evie,Elsie,Charlotte,Evelyn,Sienna,Sofia,Daisy,Phoebe,Sophie,Alice,Harper,Matilda,Ruby,Emilia,Maya,Millie,Isabelle,Eva,Luna,Jessica,Ada,Maeve,Niamh,Orla,Beatrice,Edith,Eleanor,Harriet,Katherine,Elizabeth,Rebecca,Victoria,Samantha',
    ),
    boys: words(
      'Oliver,George,Arthur,Noah,Leo,Oscar,Harry,Archie,Jack,Henry,Charlie,Freddie,Theodore,Thomas,Finley,Jacob,Alfred,Joshua,William,Lucas,Isaac,Teddy,Edward,James,Alexander,Max,Benjamin,Logan,Sebastian,Reuben,Toby,Ezra,Rory,Louis,Albert,Frederick,Daniel,Samuel,Joseph,Michael,Matthew,Patrick,Conor,Declan,Ronan,Kieran,Rafferty,Stanley,Wilfred,Rowan',
    ),
    surnames: words(
      "Smith,Jones,Taylor,Brown,Wilson,Evans,Thomas,Johnson,Roberts,Walker,Wright,Robinson,Thompson,White,Hughes,Edwards,Green,Hall,Wood,Harris,Lewis,Martin,Jackson,Clarke,Clark,Turner,Hill,Scott,Cooper,Morris,Ward,Moore,King,Watson,Baker,Harrison,Morgan,Allen,Young,Patterson,Anderson,Mitchell,Phillips,Lee,Bell,Parker,Davis,Bennett,Miller,Cook,Shaw,Richardson,Carter,Collins,Marshall,Bailey,Gray,Cox,Adams,Wilkinson,Foster,Chapman,Mason,Russell,Powell,Webb,Gibson,Holmes,Palmer,Mills,Fisher,Barnes,Knight,Lloyd,Butler,Barker,Stevens,Jenkins,Dixon,O'Brien,O'Neill,O'Connor,D'Arcy,McCarthy,MacDonald,Fitzgerald,Byrne,Kelly,Murphy,Doyle",
    ),
    languages: ['en'],
    ethnicities: ['A', 'A', 'A', 'B', 'D', 'G'],
    twoSurnames: false,
  },
  {
    code: 'caribbean',
    weight: 13,
    girls: words(
      'Aaliyah,Amara,Imani,Kayla,Naomi,Zara,Tiana,Alesha,Shanice,Renée,Chanel,Keisha,Destiny,Gabrielle,Jada,Kiara,Monique,Nevaeh,Simone,Tamara',
    ),
    boys: words(
      'Kai,Malachi,Elijah,Jayden,Tyrell,Zion,Josiah,Nathaniel,Tyrese,Andre,Dante,Kymani,Marcus,Micah,Jaden,Rio,Romario,Shaquille,Isaiah,Jahmal',
    ),
    surnames: words(
      'Campbell,Brown,Williams,Grant,Gordon,Reid,Bailey,Francis,Samuels,Clarke,Morrison,Henry,Thomas,Stewart,Lewis,Powell,McKenzie,Blake,Dacosta,Pryce,St. Louis,Wynter,Facey,Beckford,Gayle,Lindo,Ottley,Prescod,Hinds,Brathwaite',
    ),
    languages: ['en'],
    ethnicities: ['M', 'M', 'D', 'P'],
    twoSurnames: false,
  },
  {
    code: 'west-african',
    weight: 15,
    girls: words(
      'Adaeze,Abena,Akosua,Ama,Chiamaka,Chidinma,Ọlábísí,Folasade,Fatoumata,Aminata,Mariama,Ngozi,Oluwaseun,Temitope,Yetunde,Efua,Esi,Ifeoma,Kadiatou,Adwoa,Zainab,Blessing,Precious,Favour',
    ),
    boys: words(
      'Chukwuemeka,Kwame,Kofi,Kwabena,Olúwafẹ́mi,Babatunde,Tunde,Ibrahima,Mamadou,Sékou,Emeka,Obinna,Ayodele,Yaw,Kojo,Ekow,Ikechukwu,Oluwadamilola,Samuel,Emmanuel,Moussa,Ousmane,Tobi,Segun',
    ),
    surnames: words(
      "Adeyemi,Okafor,Okonkwo,Mensah,Owusu,Boateng,Asante,Appiah,Oyelaran,Adebayo,Ogunleye,N'Diaye,Diallo,Bangura,Kamara,Sesay,Koroma,Conteh,Traoré,Koné,Touré,Camara,Eze,Nwosu,Balogun,Afolabi,Osei,Agyeman,Quaye,Amoah,Ba,Sow,Bah,N'Guessan",
    ),
    languages: ['en', 'yo', 'ig', 'ak', 'fr', 'ff'],
    ethnicities: ['N', 'N', 'N', 'E'],
    twoSurnames: false,
  },
  {
    code: 'portuguese-speaking',
    weight: 10,
    girls: words(
      'Maria,Ana,Beatriz,Inês,Leonor,Matilde,Mariana,Carolina,Letícia,Lara,Sofia,Margarida,Luísa,Conceição,Joana,Francisca,Benedita,Íris',
    ),
    boys: words(
      'João,Martim,Rodrigo,Santiago,Tomás,Afonso,Francisco,Duarte,Miguel,Gonçalo,André,Luís,Simão,Lourenço,Tiago,Rafael,Caetano,José',
    ),
    surnames: words(
      'Silva,Santos,Ferreira,Pereira,Oliveira,Costa,Rodrigues,Martins,Jesus,Sousa,Fernandes,Gonçalves,Gomes,Lopes,Marques,Alves,Almeida,Ribeiro,Pinto,Carvalho,Teixeira,Moreira,Correia,Mendes,Nunes,Vieira,Araújo,da Conceição',
    ),
    languages: ['pt'],
    ethnicities: ['C', 'C', 'P', 'G'],
    twoSurnames: true,
  },
  {
    code: 'latin-american',
    weight: 8,
    girls: words(
      'Valentina,Camila,Lucía,Ximena,Daniela,Sara,Isabella,Mariángel,Antonella,Sofía,Salomé,Gabriela,Begoña,Paula,Luciana,Nuria',
    ),
    boys: words(
      'Mateo,Santiago,Matías,Sebastián,Emiliano,Thiago,Joaquín,Nicolás,Andrés,Iñaki,Martín,Juan José,Diego,Samuel,Jerónimo,Ángel',
    ),
    surnames: words(
      'García,Rodríguez,Martínez,Hernández,López,González,Pérez,Sánchez,Ramírez,Torres,Flórez,Rivera,Gómez,Díaz,Morales,Ortiz,Gutiérrez,Chávez,Muñoz,Quiñónez,Vélez,Zambrano,Cedeño,Peña',
    ),
    languages: ['es'],
    ethnicities: ['C', 'S', 'G'],
    twoSurnames: true,
  },
  {
    code: 'somali',
    weight: 6,
    girls: words(
      'Hodan,Ayaan,Fadumo,Hibaaq,Ifrah,Khadra,Nasra,Sagal,Ubah,Zamzam,Amina,Hamdi,Ikran,Sumaya,Filsan,Asha',
    ),
    boys: words(
      'Abdirahman,Abdullahi,Mohamed,Yusuf,Hamza,Zakariye,Liibaan,Guled,Abshir,Mahad,Cabdi,Khalid,Ismail,Bilal,Ayub,Sharmaarke',
    ),
    surnames: words(
      'Ali,Hassan,Ahmed,Mohamed,Abdi,Farah,Warsame,Omar,Hussein,Osman,Jama,Ibrahim,Yusuf,Abdullahi,Aden,Elmi,Nur,Dirie,Hersi,Samatar',
    ),
    languages: ['so'],
    ethnicities: ['N'],
    twoSurnames: false,
  },
  {
    code: 'arabic-speaking',
    weight: 6,
    girls: words(
      "Fatima,Maryam,Layla,Noor,Salma,Hala,Rania,Yasmin,Aisha,Dalia,Lina,Sara'a,Huda,Jana,Malak,Nour El-Houda",
    ),
    boys: words(
      "Muhammad,Ahmed,Omar,Youssef,Ali,Hassan,Karim,Zayd,Ibrahim,Adam,Abd al-Rahman,Mustafa,Anas,Tariq,Ya'qub,Idris",
    ),
    surnames: words(
      'Al-Hassan,El-Sayed,Haddad,Khalil,Mansour,Saleh,Ben Ali,Bouzid,Abdelaziz,Al Masri,Nasser,Farouk,Hamdan,Rahman,Aziz,El Amrani,Benali,Idrissi,Sharif,Yassin',
    ),
    languages: ['ar'],
    ethnicities: ['S', 'S', 'C'],
    twoSurnames: false,
  },
  {
    code: 'eritrean-ethiopian',
    weight: 3,
    girls: words('Selam,Meron,Hiwot,Saba,Bethlehem,Rahel,Feven,Eden,Tsion,Winta'),
    boys: words('Yonas,Natnael,Dawit,Biniam,Filmon,Abel,Kaleb,Robel,Samson,Yared'),
    surnames: words(
      'Tesfaye,Haile,Kidane,Gebremedhin,Bekele,Tekle,Woldu,Mehari,Abraha,Tadesse,Berhane,Ghebre',
    ),
    languages: ['ti', 'am'],
    ethnicities: ['N'],
    twoSurnames: false,
  },
  {
    code: 'polish',
    weight: 3,
    girls: words('Zofia,Hanna,Julia,Maja,Lena,Zuzanna,Małgorzata,Agnieszka,Wiktoria,Łucja'),
    boys: words('Antoni,Jan,Aleksander,Franciszek,Jakub,Szymon,Michał,Stanisław,Paweł,Łukasz'),
    surnames: words(
      'Nowak,Kowalski,Wiśniewski,Wójcik,Kowalczyk,Kamiński,Lewandowski,Zieliński,Szymański,Woźniak,Dąbrowski,Kozłowski',
    ),
    languages: ['pl'],
    ethnicities: ['C'],
    twoSurnames: false,
  },
  {
    code: 'south-and-east-asian',
    weight: 2,
    girls: words('Anaya,Nusrat,Tahmina,Linh,Mei,Xin Yi,Priya,Ayesha,Thảo,Ngọc'),
    boys: words('Rahim,Arif,Minh,Wei,Arjun,Tahmid,Đức,Jun Hao,Rohan,Imran'),
    surnames: words('Begum,Uddin,Miah,Chowdhury,Nguyễn,Trần,Chen,Wong,Patel,Khan,Hussain,Lê'),
    languages: ['bn', 'vi', 'zh', 'ur', 'gu'],
    ethnicities: ['K', 'L', 'R', 'J', 'H'],
    twoSurnames: false,
  },
]

/** Names by which somebody is also known, as a service may write them. */
export const ALSO_KNOWN_AS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  Alexander: ['Alex', 'Sandy'],
  Alfred: ['Alfie'],
  Archie: ['Archibald'],
  Benjamin: ['Ben'],
  Daniel: ['Dan', 'Danny'],
  Edward: ['Eddie', 'Ted'],
  Eleanor: ['Ellie', 'Nell'],
  Elizabeth: ['Lizzie', 'Beth', 'Liz'],
  Emmanuel: ['Manny'],
  Frederick: ['Fred', 'Freddie'],
  Jacob: ['Jake'],
  James: ['Jamie', 'Jim'],
  Joseph: ['Joe'],
  Joshua: ['Josh'],
  Katherine: ['Kate', 'Katie', 'Catherine'],
  Matthew: ['Matt'],
  Michael: ['Mike'],
  Mohamed: ['Mohammed', 'Muhammad'],
  Muhammad: ['Mohammed', 'Mohamed'],
  Nathaniel: ['Nathan'],
  Oluwadamilola: ['Dami'],
  Oluwaseun: ['Seun'],
  Rebecca: ['Becky', 'Becca'],
  Samantha: ['Sam'],
  Samuel: ['Sam'],
  Theodore: ['Theo'],
  Thomas: ['Tom', 'Tommy'],
  Victoria: ['Vicky', 'Tori'],
  William: ['Will', 'Billy'],
  Ayesha: ['Aisha'],
  Fatima: ['Fatimah'],
  Maryam: ['Mariam'],
  Youssef: ['Yusuf'],
}
