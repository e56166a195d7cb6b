/** Points and lengths of time as Java's tools read them from a command line. */

/** `Utils.getDateTime` (Kafka 3.9.0): milliseconds since 1970 of `YYYY-MM-DDTHH:mm:SS.sss`, in UTC unless it says otherwise. */
export function parseDateTime(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{3}))?(Z|[+-]\d\d:?\d\d|[+-]\d\d)?$/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = match
    .slice(1, 8)
    .map((part) => Number(part ?? 0));
  const local = ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
  return (local - offsetSeconds(match[8] ?? 'Z')) * 1000 + milli;
}

function offsetSeconds(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone);
  if (match === null) return 0;
  const size = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === '-' ? -size : size;
}

/** Days of the Gregorian calendar (Howard Hinnant's `days_from_civil`). */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `Duration.parse`: milliseconds of `PnDTnHnMn.nS`; undefined for another text. */
export function parseDuration(text: string): number | undefined {
  const match = /^([+-])?P(?:([+-]?\d+)D)?(T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+(?:[.,]\d{0,9})?)S)?)?$/i.exec(
    text,
  );
  if (match === null || match[3] === 'T' || match.slice(2, 7).every((part) => part === undefined)) return undefined;
  const number = (index: number): number => Number((match[index] ?? '0').replace(',', '.'));
  const seconds = number(2) * 86_400 + number(4) * 3600 + number(5) * 60 + number(6);
  return Math.round(seconds * 1000) * (match[1] === '-' ? -1 : 1);
}
