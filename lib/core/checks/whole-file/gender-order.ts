import type { Components } from '#core/pseudonym/identifiers.ts'

/**
 * First names that, in the United Kingdom, stand nearly always for one gender, as names are written
 * canonically. They tell whether a column of genders is the wrong way round, and are used for
 * nothing else: nobody's gender is made from a name.
 */
const GIRLS = new Set(
  `ABIGAIL AISHA ALICE AMELIA AMINA ANNA AVA BEATRICE BETHANY CARMEN CATHERINE CHARLOTTE CHLOE CLAIRE DAISY DEBORAH
  ELEANOR ELIZABETH ELLA EMILY EMMA ESTHER EVA EVELYN EVIE FATIMA FATOUMATA FLORENCE FREYA GRACE HALIMA HANNAH HELEN
  HOLLY IMOGEN ISABELLA ISLA IVY JANE JENNIFER JESSICA JULIA KATARZYNA KHADIJA LAURA LILY LUCY MAISIE MARGARET MARIA MARIAM
  MARY MATILDA MIA MILLIE MOLLY NATASHA NIAMH OLIVIA PATRICIA PENELOPE PHOEBE POPPY RACHEL REBECCA ROSIE RUBY SADIE SARAH
  SCARLETT SIENNA SOFIA SOPHIA SOPHIE SUSAN THEA VICTORIA VIOLET WILLOW ZAHRA ZAINAB ZARA`.split(
    /\s+/,
  ),
)
const BOYS = new Set(
  `ABDULLAH ADAM AHMED ALEXANDER ANDREW ANTHONY ARCHIE ARTHUR BENJAMIN BRIAN CALEB CALLUM CHRISTOPHER DANIEL DAVID DYLAN EDWARD
  ELIJAH ETHAN EZRA FELIX FINLEY FREDERICK GEORGE HAMZA HARRISON HARRY HENRY HUGO IBRAHIM ISAAC ISMAIL JACK JACOB JAMES
  JASON JOHN JONATHAN JOSEPH JOSHUA JUDE KEVIN KWAME LEO LEWIS LIAM LOUIS LUCAS LUCA LUKE MARK MATTHEW MICHAEL MOHAMMED MUHAMMAD
  MUSA NATHAN NICHOLAS NOAH OLIVER OMAR OSCAR OWEN PATRICK PAUL PETER PHILIP RALPH REUBEN RICHARD ROBERT ROMAN RORY RYAN
  SAMUEL SEBASTIAN SIMON STANLEY STEPHEN TARIQ THEODORE THOMAS TOMMY VINCENT WILLIAM YUSUF ZACHARY`.split(
    /\s+/,
  ),
)

/** Fewer names than this tell nothing. */
const FEW_NAMES = 5

/** Counts whether genders agree with first names that nearly always say one. */
export class GenderOrder {
  #agree = 0
  #differ = 0

  add({ firstCanonical, gender }: Pick<Components, 'firstCanonical' | 'gender'>): void {
    if (gender.value === '') return
    const isGirls = GIRLS.has(firstCanonical.value)
    if (!isGirls && !BOYS.has(firstCanonical.value)) return
    if (isGirls === (gender.value === 'F')) this.#agree++
    else this.#differ++
  }

  /** Whether so many differ that the codes must be the other way round. */
  get isReversed(): boolean {
    return this.#differ >= FEW_NAMES && this.#differ >= this.#agree * 4
  }
}
