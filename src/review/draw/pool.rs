//! What may yet be drawn of one stratum, and how a number is shared out over several.

use super::Size;

/// Where a unit stands: its number, then its line and its place in it.
pub(super) type Place = (u64, usize, usize);

/// What may yet be drawn of one stratum.
pub(super) struct Pool<T> {
    /// How many units there were.
    pub population: usize,
    /// Those that may yet be drawn.
    pub kept: Vec<(Place, Vec<T>)>,
    /// Above this number nothing can be drawn any more.
    limit: u64,
    /// At how many units it is next looked at what can go.
    next_look: usize,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            population: 0,
            kept: Vec::new(),
            limit: u64::MAX,
            next_look: 1024,
        }
    }
}

impl<T> Pool<T> {
    /// Takes a unit into account; `keep` makes what is kept of it.
    pub fn offer(&mut self, size: Size, place: Place, keep: impl FnOnce() -> Vec<T>) {
        self.population += 1;
        if place.0 > self.limit {
            return;
        }
        self.kept.push((place, keep()));
        if self.kept.len() >= self.next_look {
            match size {
                Size::Number(number) => {
                    self.keep_smallest(number);
                    if let (true, Some((last, _))) = (self.kept.len() == number, self.kept.last()) {
                        self.limit = last.0;
                    }
                }
                Size::Share(share) => {
                    self.limit = at_most(share, self.population);
                    let limit = self.limit;
                    self.kept.retain(|(place, _)| place.0 <= limit);
                }
            }
            self.next_look = (2 * self.kept.len()).max(1024);
        }
    }

    /// Keeps so many, those with the smallest numbers.
    pub fn keep_smallest(&mut self, number: usize) {
        self.kept.sort_by_key(|(place, _)| *place);
        self.kept.truncate(number);
    }
}

/// A number above which none of the smallest `share` of so many evenly spread numbers
/// lies, and of no larger population either: six standard deviations over the share.
fn at_most(share: f64, population: usize) -> u64 {
    let population = population as f64;
    let spread = (share * (1.0 - share) / population).sqrt();
    let limit = share + 6.0 * spread + 36.0 / population;
    // The cast stays within its bounds whatever the number.
    (limit.min(1.0) * u64::MAX as f64) as u64
}

/// A share of so many; at least one where there is any.
pub(super) fn part(share: f64, of: usize) -> usize {
    let part = (share * of as f64).round() as usize;
    part.clamp(usize::from(of > 0 && share > 0.0), of)
}

/// So many spread over groups of these sizes as evenly as they allow.
pub(super) fn spread(number: usize, sizes: &[usize]) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    let mut left = number.min(sizes.iter().sum());
    while left > 0 {
        let open = || (0..sizes.len()).filter(|at| shares[*at] < sizes[*at]);
        let each = (left / open().count().max(1)).max(1);
        for at in open().collect::<Vec<_>>() {
            let more = each.min(sizes[at] - shares[at]).min(left);
            shares[at] += more;
            left -= more;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::draw::number;

    #[test]
    fn what_is_kept_of_a_share_stays_small() {
        let mut pool = Pool::default();
        for place in 0..200_000 {
            let key = number(7, &place.to_string(), "");
            pool.offer(Size::Share(0.01), (key, place, 0), || vec![()]);
        }
        assert!(pool.kept.len() < 6000, "{}", pool.kept.len());
    }

    #[test]
    fn numbers_are_spread_as_evenly_as_sizes_allow() {
        let cases: [(usize, &[usize], &[usize]); 6] = [
            (6, &[9, 9, 9], &[2, 2, 2]),
            (7, &[9, 9, 9], &[3, 2, 2]),
            (6, &[1, 9, 9], &[1, 3, 2]),
            (100, &[1, 2], &[1, 2]),
            (0, &[1, 2], &[0, 0]),
            (3, &[], &[]),
        ];
        for (number, sizes, expected) in cases {
            assert_eq!(spread(number, sizes), expected, "{number} {sizes:?}");
        }
    }
}
