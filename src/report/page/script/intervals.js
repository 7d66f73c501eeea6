// How sure a figure is.
//
// A share or a mean of few conversations says little; so each comes with the interval
// that holds the true one 95 times in 100, and without it where there are too few. The
// tables of the other formats reckon the same way.

const leastForInterval = 5;
// The upper 2.5 % of the normal distribution lie beyond.
const beyond = 1.959964;

// Wilson's interval of a share.
function shareOf(part, whole) {
  const share = whole === 0 ? 0 : part / whole;
  if (whole < leastForInterval) return { share, low: null, high: null };
  const square = beyond ** 2;
  const middle = share + square / (2 * whole);
  const around = beyond * Math.sqrt((share * (1 - share)) / whole + square / (4 * whole ** 2));
  const all = 1 + square / whole;
  return {
    share,
    low: Math.max(0, (middle - around) / all),
    high: Math.min(1, (middle + around) / all),
  };
}

// Student's interval of a mean score, no further than scores go.
function meanOf(scores) {
  const count = scores.length;
  if (count === 0) return { count, mean: null, low: null, high: null };
  const mean = scores.reduce((sum, score) => sum + score, 0) / count;
  if (count < leastForInterval) return { count, mean, low: null, high: null };
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  const around = student(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return {
    count,
    mean,
    low: Math.max(standard.floor, mean - around),
    high: Math.min(standard.ceiling, mean + around),
  };
}

// Where the upper 2.5 % of Student's distribution begin, by the series of Cornish and
// Fisher around the normal one; right to 0.1 % from four degrees of freedom on.
function student(freedom) {
  const z = beyond;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return terms.reduce((sum, term, place) => sum + term / freedom ** (place + 1), z);
}
