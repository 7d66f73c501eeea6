//! Many conversations: all cores, constant memory, output in input order.
//!
//! While one batch is judged in parallel, the results of the last one leave and the next
//! one is read; results leave in the order in which the records came in. A batch is
//! bounded in records and in bytes, so memory doesn't grow with the input, and nothing
//! that a thread does can change a byte of what comes out.

use super::{Checker, Cutting};
use crate::assessment::Assessment;
use crate::conversation::{Channel, Conversation};
use crate::matching::Scratch;
use crate::transcript::{InputProblem, Place, Record};
use rayon::prelude::*;
use std::io;
use std::ops::ControlFlow;

const BATCH_RECORDS: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

/// How to work through a stream.
#[derive(Clone, Copy, Debug, Default)]
pub struct StreamOptions {
    /// How many threads; all cores where it is `None`.
    pub threads: Option<usize>,
    /// The channel of conversations that don't name theirs.
    pub channel: Option<Channel>,
    /// Which recordings are cut into visits.
    pub visits: Cutting,
}

/// A conversation and what came of it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Where it was read.
    pub place: Place,
    /// As read; with the roles that it was judged by, where they had to be told.
    pub conversation: Conversation,
    /// As judged.
    pub assessment: Assessment,
}

type Read = Result<Record, InputProblem>;

impl Checker {
    /// Judges every record, in parallel. `render` makes of each what is wanted, on
    /// whatever thread; `sink` gets the results one by one in input order, and ends
    /// the work by breaking.
    ///
    /// # Errors
    /// What `sink` fails with, or the threads that can't be started.
    pub fn check_records<R: Send>(
        &self,
        mut records: impl Iterator<Item = Read> + Send,
        options: StreamOptions,
        render: impl Fn(Checked) -> R + Sync,
        mut sink: impl FnMut(Result<R, InputProblem>) -> io::Result<ControlFlow<()>> + Send,
    ) -> io::Result<()> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(options.threads.unwrap_or(0))
            .build()
            .map_err(io::Error::other)?;
        pool.install(|| {
            let mut batch = next_batch(&mut records);
            let mut done = Vec::new();
            while !batch.is_empty() {
                let last = std::mem::take(&mut done);
                let (results, next) = rayon::join(
                    || self.check_batch(batch, options, &render),
                    || match drain(last, &mut sink) {
                        Ok(ControlFlow::Continue(())) => Ok(Some(next_batch(&mut records))),
                        Ok(ControlFlow::Break(())) => Ok(None),
                        Err(error) => Err(error),
                    },
                );
                let Some(next) = next? else { return Ok(()) };
                (done, batch) = (results, next);
            }
            drain(done, &mut sink).map(drop)
        })
    }

    fn check_batch<R: Send>(
        &self,
        batch: Vec<Read>,
        options: StreamOptions,
        render: &(impl Fn(Checked) -> R + Sync),
    ) -> Vec<Result<R, InputProblem>> {
        let batch: Vec<_> = batch.into_par_iter().flat_map_iter(parse).collect();
        let batch: Vec<_> = batch
            .into_par_iter()
            .map_init(Scratch::default, |scratch, parsed| {
                let (place, mut recording) = match parsed {
                    Ok(parsed) => parsed,
                    Err(problem) => return vec![Err(problem)],
                };
                recording.assume_channel(options.channel);
                let visits = self.visits(recording, options.visits, scratch).into_iter();
                visits.map(|visit| Ok((place.clone(), visit))).collect()
            })
            .flatten_iter()
            .collect();
        batch
            .into_par_iter()
            .map_init(Scratch::default, |scratch, parsed| {
                let (place, mut conversation) = parsed?;
                let assessment = self.check_telling_roles(&mut conversation, scratch);
                Ok(render(Checked {
                    place,
                    conversation,
                    assessment,
                }))
            })
            .collect()
    }
}

fn drain<T>(
    results: Vec<T>,
    sink: &mut impl FnMut(T) -> io::Result<ControlFlow<()>>,
) -> io::Result<ControlFlow<()>> {
    for result in results {
        if sink(result)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

/// What a record holds: mostly one conversation, but a table has many.
fn parse(read: Read) -> Vec<Result<(Place, Conversation), InputProblem>> {
    match read {
        Ok(record) => {
            let place = &record.place;
            let parsed = record.parse().into_iter();
            parsed.map(|parsed| Ok((place.clone(), parsed?))).collect()
        }
        Err(problem) => vec![Err(problem)],
    }
}

fn next_batch(records: &mut impl Iterator<Item = Read>) -> Vec<Read> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH_RECORDS && bytes < BATCH_BYTES {
        let Some(record) = records.next() else { break };
        bytes += record.as_ref().map_or(0, |record| record.bytes.len());
        batch.push(record);
    }
    batch
}
