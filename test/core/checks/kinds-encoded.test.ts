import { expect, test } from 'vitest'
import { comesTo } from './files.ts'
import { oneByte, latin1, utf16 } from '../tabular/byte-sources.ts'

/** A file of clients of these names, with a birth and sessions each. */
const clientsCsv = (names: string[][]) =>
  [
    'Client ID,First name,Surname,Date of birth,Sessions',
    ...names.map(
      ([first, last], at) =>
        `C-${11 + at * 3},${first},${last},0${(at % 9) + 1}/06/2019,${(at % 4) + 1}`,
    ),
  ].join('\r\n') + '\r\n'
const utf8 = (text: string) => new TextEncoder().encode(text)
const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const somali = [
  ['Cabdi', 'Xasan'],
  ['Amina', 'Cali'],
  ['Zoë', 'Müller'],
]
const west = [
  ['Zoë', 'Núñez'],
  ['José', 'Müller'],
  ['Siân', 'O’Dea'],
  ['Renée', 'Gómez'],
  ['Ann', 'Hall'],
  ['Ben', 'Lowe'],
]
const one = [
  ['Ann', 'Hall'],
  ['Ben', 'Lowe'],
  ['Chloé', 'Grey'],
  ['Dev', 'Patel'],
]
const viet = [
  ['Nguyễn', 'Thị'],
  ['Trần', 'Đức'],
  ['Phạm', 'Hương'],
]
const romanian = [
  ['Ștefan', 'Țurcanu'],
  ['Ioana', 'Bălan'],
  ['Mădălina', 'Câmpeanu'],
]
const roman1250 = [
  ['Ştefan', 'Ţurcanu'],
  ['Ioana', 'Bălan'],
  ['Mădălina', 'Câmpeanu'],
]
const croat = [
  ['Đorđe', 'Šimić'],
  ['Željko', 'Čović'],
  ['Ana', 'Ćirić'],
]
const nordic = [
  ['Bjørn', 'Åberg'],
  ['Søren', 'Østergaard'],
  ['Märta', 'Öberg'],
]
const iceland = [
  ['Þóra', 'Guðmundsdóttir'],
  ['Björk', 'Jónsdóttir'],
]
const yoruba = [
  ['Ọlá', 'Adébáyọ̀'],
  ['Ṣadé', 'Ògúnlẹ́yẹ'],
]
const albanian = [
  ['Gëzim', 'Çela'],
  ['Vjosa', 'Krasniqi'],
  ['Besa', 'Berisha'],
]
const capsPl = [
  ['PAWEŁ', 'WIŚNIEWSKI'],
  ['MAŁGORZATA', 'DĄBROWSKA'],
  ['ŁUKASZ', 'WĘGRZYN'],
]
const tw = (s: string) =>
  utf8([...utf8(s)].map((b) => new TextDecoder('windows-1252').decode(Uint8Array.of(b))).join(''))

/** Names of many languages in the bytes of many programs: each is read right, or stops with a question. */
const FILES: Readonly<Record<string, Uint8Array>> = {
  'nordic 1252': oneByte(clientsCsv(nordic), 'windows-1252'),
  'nordic 850': oneByte(clientsCsv(nordic), 'ibm850'),
  'nordic mac': oneByte(clientsCsv(nordic), 'macintosh'),
  'icelandic 1252': oneByte(clientsCsv(iceland), 'windows-1252'),
  'icelandic 850': oneByte(clientsCsv(iceland), 'ibm850'),
  'albanian 1252': oneByte(clientsCsv(albanian), 'windows-1252'),
  'albanian 852': oneByte(clientsCsv(albanian), 'ibm852'),
  'croatian 1250': oneByte(clientsCsv(croat), 'windows-1250'),
  'croatian 852': oneByte(clientsCsv(croat), 'ibm852'),
  'croatian 8859-2': oneByte(clientsCsv(croat), 'iso-8859-2'),
  'romanian 1250': oneByte(clientsCsv(roman1250), 'windows-1250'),
  'romanian 8859-2': oneByte(clientsCsv(roman1250), 'iso-8859-2'),
  'polish capitals 1250': oneByte(clientsCsv(capsPl), 'windows-1250'),
  'polish capitals 852': oneByte(clientsCsv(capsPl), 'ibm852'),
  'vietnamese utf8': utf8(clientsCsv(viet)),
  'yoruba utf8': utf8(clientsCsv(yoruba)),
  'romanian utf8': utf8(clientsCsv(romanian)),
  'one name 437': oneByte(clientsCsv(one), 'ibm437'),
  'one name mac': oneByte(clientsCsv(one), 'macintosh'),
  'one name 1252': oneByte(clientsCsv(one), 'windows-1252'),
  'somali 1252': oneByte(clientsCsv(somali), 'windows-1252'),
  'west 8859-15 with euro': oneByte(
    clientsCsv(west.map((names) => names.map((name) => name.replace('’', "'")))),
    'iso-8859-15',
  ),
  'utf8 twice': tw(clientsCsv(west)),
  'utf8 thrice': tw(new TextDecoder().decode(tw(clientsCsv(west)))),
  'utf8 bom': joined(utf8('\ufeff'), utf8(clientsCsv(west))),
  'two files joined with bom inside': joined(
    utf8(clientsCsv(west.slice(0, 2))),
    utf8('\ufeff' + clientsCsv(west.slice(2))),
  ),
  'utf16le no bom': utf16(clientsCsv(west), true, false),
  'utf16be no bom': utf16(clientsCsv(west), false, false),
  'utf16le bom': utf16(clientsCsv(west), true),
  'utf16le odd byte lost': utf16(clientsCsv(west), true).slice(0, -1),
  'utf8 and 1252 mixed by rows': joined(
    utf8(clientsCsv(west.slice(0, 3))),
    oneByte(clientsCsv(west.slice(3)).split('\r\n').slice(1).join('\r\n'), 'windows-1252'),
  ),
  'utf8 cut within a letter': utf8(clientsCsv(west)).slice(
    0,
    utf8(clientsCsv(west.slice(0, 3))).length - 0,
  ),
  'utf8 cut mid letter at the end': (() => {
    const b = utf8(clientsCsv([...west.slice(0, 3), ['Ben', 'Núñ']]))
    const at = b.lastIndexOf(0xc3)
    return b.slice(0, at + 1)
  })(),
  'name cut within a letter (fixed width)': (() => {
    const b = utf8(clientsCsv(west))
    const at = b.indexOf(0xc3, 60)
    return joined(b.slice(0, at + 1), utf8(','), b.slice(b.indexOf(0x2c, at) + 1))
  })(),
  'replacement characters': utf8(
    clientsCsv([
      ['Zo\ufffd', 'N\ufffd\ufffdez'],
      ['Ann', 'Hall'],
    ]),
  ),
  'question marks': utf8(
    clientsCsv([
      ['Zo?', 'N??ez'],
      ['Ann', 'Hall'],
    ]),
  ),
  'decomposed (Mac)': utf8(clientsCsv(west).normalize('NFD')),
  'html numeric + 1252': latin1(
    clientsCsv([
      ['Zo\xeb', 'N&uacute;&ntilde;ez'],
      ['Ann', 'Hall'],
    ]),
  ),
  'nul bytes': utf8(clientsCsv(west).replaceAll(',', '\0,')),
  gb18030: Uint8Array.from([
    ...utf8('Client ID,First name,Surname,Date of birth,Sessions\r\nC-1,'),
    0xc0,
    0xee,
    0x2c,
    0xcd,
    0xf5,
    ...utf8(',01/06/2019,3\r\nC-2,Ann,Hall,02/06/2019,2\r\n'),
  ]),
}

const OUTCOMES: Readonly<Record<string, readonly string[]>> = {
  'nordic 1252': [
    'C-11 BJORN ABERG 2019-06-01 child unknown 1',
    'C-14 SOREN OSTERGAARD 2019-06-02 child unknown 2',
    'C-17 MARTA OBERG 2019-06-03 child unknown 3',
  ],
  'nordic 850': [
    'C-11 BJORN ABERG 2019-06-01 child unknown 1',
    'C-14 SOREN OSTERGAARD 2019-06-02 child unknown 2',
    'C-17 MARTA OBERG 2019-06-03 child unknown 3',
  ],
  'nordic mac': [
    'C-11 BJORN ABERG 2019-06-01 child unknown 1',
    'C-14 SOREN OSTERGAARD 2019-06-02 child unknown 2',
    'C-17 MARTA OBERG 2019-06-03 child unknown 3',
  ],
  'icelandic 1252': [
    'C-11 THORA GUDMUNDSDOTTIR 2019-06-01 child unknown 1',
    'C-14 BJORK JONSDOTTIR 2019-06-02 child unknown 2',
  ],
  'icelandic 850': [
    'C-11 THORA GUDMUNDSDOTTIR 2019-06-01 child unknown 1',
    'C-14 BJORK JONSDOTTIR 2019-06-02 child unknown 2',
  ],
  'albanian 1252': [
    'C-11 GEZIM CELA 2019-06-01 child unknown 1',
    'C-14 VJOSA KRASNIQI 2019-06-02 child unknown 2',
    'C-17 BESA BERISHA 2019-06-03 child unknown 3',
  ],
  'albanian 852': [
    'C-11 GEZIM CELA 2019-06-01 child unknown 1',
    'C-14 VJOSA KRASNIQI 2019-06-02 child unknown 2',
    'C-17 BESA BERISHA 2019-06-03 child unknown 3',
  ],
  'croatian 1250': [
    'C-11 DORDE SIMIC 2019-06-01 child unknown 1',
    'C-14 ZELJKO COVIC 2019-06-02 child unknown 2',
    'C-17 ANNA CIRIC 2019-06-03 child unknown 3',
  ],
  'croatian 852': [
    'C-11 DORDE SIMIC 2019-06-01 child unknown 1',
    'C-14 ZELJKO COVIC 2019-06-02 child unknown 2',
    'C-17 ANNA CIRIC 2019-06-03 child unknown 3',
  ],
  'croatian 8859-2': [
    'C-11 DORDE SIMIC 2019-06-01 child unknown 1',
    'C-14 ZELJKO COVIC 2019-06-02 child unknown 2',
    'C-17 ANNA CIRIC 2019-06-03 child unknown 3',
  ],
  'romanian 1250': [
    'C-11 STEFAN TURCANU 2019-06-01 child unknown 1',
    'C-14 IOANA BALAN 2019-06-02 child unknown 2',
    'C-17 MADALINA CAMPEANU 2019-06-03 child unknown 3',
  ],
  'romanian 8859-2': [
    'C-11 STEFAN TURCANU 2019-06-01 child unknown 1',
    'C-14 IOANA BALAN 2019-06-02 child unknown 2',
    'C-17 MADALINA CAMPEANU 2019-06-03 child unknown 3',
  ],
  'polish capitals 1250': [
    'C-11 PAWEL WISNIEWSKI 2019-06-01 child unknown 1',
    'C-14 MALGORZATA DABROWSKA 2019-06-02 child unknown 2',
    'C-17 LUKASZ WEGRZYN 2019-06-03 child unknown 3',
  ],
  'polish capitals 852': [
    'C-11 PAWEL WISNIEWSKI 2019-06-01 child unknown 1',
    'C-14 MALGORZATA DABROWSKA 2019-06-02 child unknown 2',
    'C-17 LUKASZ WEGRZYN 2019-06-03 child unknown 3',
  ],
  'vietnamese utf8': [
    'C-11 NGUYEN THI 2019-06-01 child unknown 1',
    'C-14 TRAN DUC 2019-06-02 child unknown 2',
    'C-17 PHAM HUONG 2019-06-03 child unknown 3',
  ],
  'yoruba utf8': [
    'C-11 OLA ADEBAYO 2019-06-01 child unknown 1',
    'C-14 SADE OGUNLEYE 2019-06-02 child unknown 2',
  ],
  'romanian utf8': [
    'C-11 STEFAN TURCANU 2019-06-01 child unknown 1',
    'C-14 IOANA BALAN 2019-06-02 child unknown 2',
    'C-17 MADALINA CAMPEANU 2019-06-03 child unknown 3',
  ],
  'one name 437': [
    'C-11 ANNE HALL 2019-06-01 child unknown 1',
    'C-14 BENJAMIN LOWE 2019-06-02 child unknown 2',
    'C-17 CHLOE GREY 2019-06-03 child unknown 3',
    'C-20 DEV PATEL 2019-06-04 child unknown 4',
  ],
  'one name mac': [
    'C-11 ANNE HALL 2019-06-01 child unknown 1',
    'C-14 BENJAMIN LOWE 2019-06-02 child unknown 2',
    'C-17 CHLOE GREY 2019-06-03 child unknown 3',
    'C-20 DEV PATEL 2019-06-04 child unknown 4',
  ],
  'one name 1252': [
    'C-11 ANNE HALL 2019-06-01 child unknown 1',
    'C-14 BENJAMIN LOWE 2019-06-02 child unknown 2',
    'C-17 CHLOE GREY 2019-06-03 child unknown 3',
    'C-20 DEV PATEL 2019-06-04 child unknown 4',
  ],
  'somali 1252': [
    'C-11 CABDI XASAN 2019-06-01 child unknown 1',
    'C-14 AMINA CALI 2019-06-02 child unknown 2',
    'C-17 ZOE MULLER 2019-06-03 child unknown 3',
  ],
  'west 8859-15 with euro': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf8 twice': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf8 thrice': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf8 bom': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'two files joined with bom inside': ['must-fix ref-rows-disagree 4'],
  'utf16le no bom': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf16be no bom': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf16le bom': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'utf16le odd byte lost': [
    'confirm file-cut-off 1',
    'confirm letters-lost 1',
    'confirm rows-titles 1',
  ],
  'utf8 and 1252 mixed by rows': ['must-fix ref-rows-disagree 4', 'confirm letters-lost 1'],
  'utf8 cut within a letter': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
  ],
  'utf8 cut mid letter at the end': [
    'confirm file-cut-off 1',
    'confirm letters-lost 1',
    'confirm rows-short 1',
    'confirm adults-for-want-of-birth 1',
  ],
  'name cut within a letter (fixed width)': ['confirm letters-lost 1'],
  'replacement characters': ['confirm letters-lost 1'],
  'question marks': ['confirm name-letter-lost 1'],
  'decomposed (Mac)': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 JOSE MULLER 2019-06-02 child unknown 2',
    'C-17 SIAN ODEA 2019-06-03 child unknown 3',
    'C-20 RENEE GOMEZ 2019-06-04 child unknown 4',
    'C-23 ANNE HALL 2019-06-05 child unknown 1',
    'C-26 BENJAMIN LOWE 2019-06-06 child unknown 2',
  ],
  'html numeric + 1252': [
    'C-11 ZOE NUNEZ 2019-06-01 child unknown 1',
    'C-14 ANNE HALL 2019-06-02 child unknown 2',
  ],
  'nul bytes': ['refused binary-content'],
  gb18030: ['confirm encoding-unsure 1'],
}

test.each(Object.entries(FILES))('%s comes to what is right', async (name, bytes) => {
  expect(await comesTo(bytes)).toEqual(OUTCOMES[name])
})
