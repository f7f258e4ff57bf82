/** An instant in microseconds since the end of the warm-up, as `19:03:00`. */
export function clockTime(at: number): string {
  const whole = Math.round(at / 1e6);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
