/** The progress meter that curl writes on standard error, each line over the one before. */
import { archiveSizeInBytes } from '../kafkaFolder/kafkaFolder.ts';

export const progressHeading = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
`;

/** After so many bytes in so many seconds, of a download that takes `totalSeconds`. */
export function progressLine(received: number, elapsedSeconds: number, totalSeconds: number): string {
  const share = String(Math.floor((received * 100) / archiveSizeInBytes)).padStart(3);
  const speed = elapsedSeconds === 0 ? 0 : Math.round(received / elapsedSeconds);
  const isKnown = elapsedSeconds > 0;
  const total = isKnown ? clock(totalSeconds) : '--:--:--';
  const spent = isKnown ? clock(elapsedSeconds) : '--:--:--';
  const left = isKnown && elapsedSeconds < totalSeconds ? clock(totalSeconds - elapsedSeconds) : '--:--:--';
  const whole = isKnown ? amount(archiveSizeInBytes) : '0'.padStart(5);
  return `\r${share} ${whole}  ${share} ${amount(received)}    0     0  ${amount(speed)}      0 ${total} ${spent} ${left} ${amount(speed)}`;
}

const clock = (seconds: number): string =>
  `${String(Math.floor(seconds / 3600)).padStart(2)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

/** Five characters wide: `23.2M`, ` 116M`, `    0`. */
function amount(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  const kibibytes = bytes / 1024;
  if (kibibytes < 10_000) return `${String(Math.floor(kibibytes)).padStart(4)}k`;
  const mebibytes = kibibytes / 1024;
  return mebibytes < 100
    ? `${(Math.floor(mebibytes * 10) / 10).toFixed(1).padStart(4)}M`
    : `${String(Math.floor(mebibytes)).padStart(4)}M`;
}
