/**
 * Names as people here have them with letters beyond A to Z. An export that drops what it has no
 * sign for leaves “Jos Nez” of José Núñez, and no mark that tells: only that nobody is called so.
 */
const NAMES = `Adélaïde Amélie Benoît Cécile Chloë Désirée Françoise François Hélène Jérôme José Siân Zoë
  Andréia António Antónia Begoña Cátia Cláudia Cláudio Estêvão Fábio Flávia Glória Inácio Inês João Júlia Júlio Letícia Lívia
  Lúcia Luís Luísa Márcia Mário Mónica Natália Patrícia Rogério Sérgio Sónia Tânia Vânia Vitória
  Andrés Ángel Iván Joaquín Martín Nicolás Óscar Raúl Rocío Sebastián Sofía Tomás
  Bogusław Jarosław Łukasz Małgorzata Mirosław Paweł Stanisław Władysław
  Cătălin Cătălina Ionuț Mădălina Răzvan Ștefan Gökhan Hüseyin Özlem Süleyman Şebnem Björn Günter Jürgen Søren
  Álvarez Benítez Domínguez Fernández García Gómez González Gutiérrez Hernández Jiménez López Martínez Muñoz Núñez Pérez
  Ramírez Rodríguez Sánchez Suárez Vásquez Vázquez Araújo Assunção Conceição Galvão Gonçalves Guimarães Leitão Lourenço
  Magalhães Simões Dąbrowska Dąbrowski Jabłońska Jabłoński Kaczyński Kamińska Kamiński Kozłowska Kozłowski Pawłowska
  Pawłowski Szymańska Szymański Wiśniewska Wiśniewski Wójcik Woźniak Wróbel Zielińska Zieliński
  Güneş Köse Özdemir Öztürk Şahin Yıldırım Yıldız Köhler Müller Schäfer Schröder Brontë Cissé Konaté Kouamé Lefèvre Traoré`

/** What is left of them; what is somebody's name too, such as Brando, is not among them. */
const LEFT_OVER: ReadonlySet<string> = new Set(
  NAMES.split(/\s+/).map((name) => name.replace(/[^A-Za-z]/g, '').toUpperCase()),
)

/** Whether a word of a name is what is left of a well-known one without its letters beyond A to Z, or with _ for each. */
export function hasDroppedLetters(name: string): boolean {
  return name
    .toUpperCase()
    .split(/[\s-]+/)
    .some((word) => LEFT_OVER.has(word.replaceAll('_', '')))
}
