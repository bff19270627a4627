// Emergency and service short numbers by country: our own table, as the number library has none.
// Each row says where it is from and when it was looked at; an emergency row is compared exactly as dialled.

export interface ShortNumber {
  country: string; // ISO 3166-1 alpha-2
  number: string;
  kind: 'emergency' | 'service';
  name: string; // of the service, in English
  checked: string; // date, ISO 8601
  origin: string;
}

/** A block of service numbers that share their first digits. */
export interface ShortNumberRange {
  country: string;
  prefix: string;
  lengths: readonly number[]; // of the whole number, in digits
  name: string;
  checked: string;
  origin: string;
}

const metadata = 'libphonenumber short number metadata, emergency numbers of the region';
const plan = 'national numbering plan, general knowledge; not read at its source';
const european = 'EU Directive 2018/1972 art. 109 (112 in every member state); general knowledge';
const checked = '2026-11-20';

type Row = readonly [number: string, name: string, origin: string];

const emergency: Readonly<Record<string, readonly Row[]>> = {
  CN: [
    ['110', 'Police', metadata],
    ['119', 'Fire', metadata],
    ['120', 'Ambulance', metadata],
    ['122', 'Traffic accident', plan],
    ['112', 'Emergency, from mobile telephones', plan],
    ['12110', 'Police by text message', plan],
    ['12395', 'Rescue at sea', plan],
  ],
  HK: [
    ['999', 'Emergency', plan],
    ['112', 'Emergency, from mobile telephones', plan],
    ['992', 'Emergency by text message', plan],
  ],
  MO: [
    ['999', 'Emergency', plan],
    ['110', 'Emergency, for visitors', plan],
    ['112', 'Emergency, for visitors', plan],
  ],
  TW: [
    ['110', 'Police', metadata],
    ['119', 'Fire and ambulance', metadata],
    ['112', 'Emergency, from mobile telephones', metadata],
  ],
  JP: [
    ['110', 'Police', metadata],
    ['119', 'Fire and ambulance', metadata],
    ['118', 'Coast guard', plan],
  ],
  KR: [
    ['112', 'Police', metadata],
    ['119', 'Fire and ambulance', metadata],
  ],
  US: [
    ['911', 'Emergency', metadata],
    ['112', 'Emergency, from mobile telephones', metadata],
    ['988', 'Suicide and crisis lifeline', plan],
  ],
  CA: [
    ['911', 'Emergency', plan],
    ['112', 'Emergency, from mobile telephones', plan],
    ['988', 'Suicide crisis helpline', plan],
  ],
  MX: [['911', 'Emergency', plan]],
  BR: [
    ['190', 'Police', plan],
    ['192', 'Ambulance', plan],
    ['193', 'Fire', plan],
  ],
  GB: [
    ['999', 'Emergency', plan],
    ['112', 'Emergency', plan],
  ],
  CH: [
    ['112', 'Emergency', plan],
    ['117', 'Police', plan],
    ['118', 'Fire', plan],
    ['144', 'Ambulance', plan],
  ],
  NO: [
    ['112', 'Police', plan],
    ['110', 'Fire', plan],
    ['113', 'Ambulance', plan],
  ],
  RU: [
    ['112', 'Emergency', plan],
    ['101', 'Fire', plan],
    ['102', 'Police', plan],
    ['103', 'Ambulance', plan],
  ],
  TR: [['112', 'Emergency', plan]],
  UA: [
    ['112', 'Emergency', plan],
    ['101', 'Fire', plan],
    ['102', 'Police', plan],
    ['103', 'Ambulance', plan],
  ],
  AU: [
    ['000', 'Emergency', metadata],
    ['112', 'Emergency, from mobile telephones', metadata],
    ['106', 'Emergency by text telephone', metadata],
  ],
  NZ: [['111', 'Emergency', plan]],
  IN: [
    ['112', 'Emergency', metadata],
    ['100', 'Police', metadata],
    ['101', 'Fire', metadata],
    ['102', 'Ambulance', metadata],
    ['108', 'Disaster and ambulance', metadata],
  ],
  SG: [
    ['999', 'Police', metadata],
    ['995', 'Fire and ambulance', metadata],
    ['112', 'Emergency, from mobile telephones', plan],
  ],
  MY: [
    ['999', 'Emergency', plan],
    ['112', 'Emergency, from mobile telephones', plan],
  ],
  TH: [
    ['191', 'Police', plan],
    ['199', 'Fire', plan],
    ['1669', 'Ambulance', plan],
  ],
  VN: [
    ['113', 'Police', plan],
    ['114', 'Fire', plan],
    ['115', 'Ambulance', plan],
  ],
  PH: [['911', 'Emergency', plan]],
  ID: [
    ['112', 'Emergency', plan],
    ['110', 'Police', plan],
    ['113', 'Fire', plan],
    ['118', 'Ambulance', plan],
    ['119', 'Ambulance', plan],
  ],
  AE: [
    ['999', 'Police', plan],
    ['998', 'Ambulance', plan],
    ['997', 'Fire', plan],
    ['112', 'Emergency, from mobile telephones', plan],
  ],
  ZA: [
    ['10111', 'Police', plan],
    ['10177', 'Ambulance', plan],
    ['112', 'Emergency, from mobile telephones', plan],
  ],
  FR: [
    ['112', 'Emergency', metadata],
    ['15', 'Ambulance', metadata],
    ['17', 'Police', metadata],
    ['18', 'Fire', metadata],
    ['114', 'Emergency by text message', plan],
  ],
  DE: [
    ['112', 'Fire and ambulance', european],
    ['110', 'Police', plan],
  ],
  AT: [
    ['112', 'Emergency', european],
    ['122', 'Fire', plan],
    ['133', 'Police', plan],
    ['144', 'Ambulance', plan],
  ],
  BE: [
    ['112', 'Emergency', european],
    ['101', 'Police', plan],
  ],
  GR: [
    ['112', 'Emergency', european],
    ['100', 'Police', plan],
    ['166', 'Ambulance', plan],
    ['199', 'Fire', plan],
  ],
  HU: [
    ['112', 'Emergency', european],
    ['104', 'Ambulance', plan],
    ['105', 'Fire', plan],
    ['107', 'Police', plan],
  ],
  IE: [
    ['112', 'Emergency', european],
    ['999', 'Emergency', plan],
  ],
  IT: [
    ['112', 'Emergency', european],
    ['113', 'Police', plan],
    ['115', 'Fire', plan],
    ['118', 'Ambulance', plan],
  ],
  PL: [
    ['112', 'Emergency', european],
    ['997', 'Police', plan],
    ['998', 'Fire', plan],
    ['999', 'Ambulance', plan],
  ],
};

const onlyEuropean = ['BG', 'CY', 'CZ', 'DK', 'EE', 'ES', 'FI', 'HR', 'IS', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'RO'];
const alsoEuropean = ['SE', 'SI', 'SK'];

const services: Readonly<Record<string, readonly Row[]>> = {
  CN: [
    ['114', 'Directory enquiries', plan],
    ['10000', 'China Telecom', plan],
    ['10010', 'China Unicom', plan],
    ['10086', 'China Mobile', plan],
    ['10099', 'China Broadnet', plan],
    ['11185', 'China Post', plan],
    ['11183', 'China Post express', plan],
    ['12306', 'Railway', plan],
    ['12315', 'Consumer complaints', plan],
    ['12329', 'Housing provident fund', plan],
    ['12333', 'Human resources and social security', plan],
    ['12345', 'Government hotline', plan],
    ['12348', 'Legal aid', plan],
    ['12366', 'Taxation', plan],
    ['12378', 'Bank and insurance complaints', plan],
    ['12123', 'Traffic management', plan],
    ['116114', 'China Unicom directory', plan],
    ['118114', 'China Telecom directory', plan],
  ],
  US: [
    ['211', 'Community services', plan],
    ['311', 'City services', plan],
    ['411', 'Directory enquiries', plan],
    ['511', 'Traffic information', plan],
    ['611', 'Telephone company', metadata],
    ['711', 'Relay service', plan],
    ['811', 'Before you dig', plan],
  ],
  GB: [
    ['101', 'Police, not urgent', plan],
    ['111', 'Health service, not urgent', plan],
    ['105', 'Power cut', plan],
    ['116123', 'Emotional support', plan],
  ],
};

/** Every single short number we know; a few per country, no claim to be whole. */
export const shortNumbers: readonly ShortNumber[] = [
  ...rows(emergency, 'emergency'),
  ...rows(
    Object.fromEntries(
      [...onlyEuropean, ...alsoEuropean].map((country) => [country, [['112', 'Emergency', european]]]),
    ),
    'emergency',
  ),
  ...rows(services, 'service'),
];

const inChina = { country: 'CN', checked, origin: plan };
export const shortNumberRanges: readonly ShortNumberRange[] = [
  { ...inChina, prefix: '95', lengths: [5, 6], name: 'Banks, insurers and national companies' },
  { ...inChina, prefix: '96', lengths: [5, 6], name: 'Services of one province' },
  { ...inChina, prefix: '12', lengths: [5], name: 'Government and public services' },
  { ...inChina, prefix: '100', lengths: [5], name: 'Telephone companies' },
];

function rows(table: Readonly<Record<string, readonly Row[]>>, kind: ShortNumber['kind']): ShortNumber[] {
  return Object.entries(table).flatMap(([country, list]) =>
    list.map(([number, name, origin]) => ({ country, number, kind, name, checked, origin })),
  );
}

const emergencies = new Set(
  shortNumbers.filter(({ kind }) => kind === 'emergency').map(({ country, number }) => `${country} ${number}`),
);
const known = new Set(shortNumbers.map(({ country, number }) => `${country} ${number}`));

/** Whether this is an emergency number in this country, compared exactly as dialled: `+1911` is not `911`. */
export function isEmergency(dialled: string, country: string): boolean {
  return emergencies.has(`${country} ${dialled}`);
}

/** An emergency number with one digit for the outside line or an area put before it: `9911`, `0110`. Never one itself. */
export function hidesEmergency(dialled: string, country: string): boolean {
  return /^[09]\d{2,4}$/.test(dialled) && !isEmergency(dialled, country) && isEmergency(dialled.slice(1), country);
}

/** What a short number is for, or nothing where the table does not hold it. */
export function shortNumberKind(dialled: string, country: string): ShortNumber['kind'] | undefined {
  if (isEmergency(dialled, country)) return 'emergency';
  if (known.has(`${country} ${dialled}`)) return 'service';
  const inRange = shortNumberRanges.some(
    (range) => range.country === country && range.lengths.includes(dialled.length) && dialled.startsWith(range.prefix),
  );
  return inRange && /^\d+$/.test(dialled) ? 'service' : undefined;
}
