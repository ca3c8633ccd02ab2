using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval;

/// <summary>
/// Readers scan snapshots, some of them old, of tables that are updated, shrunk, compacted and loaded anew meanwhile;
/// each answer is checked against brute force over what the sequence numbers in its evidence stand for. Rows are coded
/// meanwhile, in one way and then in another.
/// </summary>
public sealed class SnapshotStressTests
{
    private const int Dimension = 32;
    private const int Identities = 900;
    private const int Sequences = 4000;
    private const int Readers = 3;

    // Held for a moment, so that chunks are written again all the time; held for long, so that they are given up.
    [Theory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(1, true)]
    [InlineData(8, true)]
    public async Task Scan_WhileRowsChange_AnswersFromTheSnapshotItNames(int held, bool coded)
    {
        History[] histories = [new(24), new(25)];
        Task[] writers = [.. histories.Select(history => Task.Run(history.Write))];
        Task all = Task.WhenAll(writers);
        Task<int> coder = coded ? Task.Run(() => Code(histories, all)) : Task.FromResult(100);
        Task<int>[] readers = [.. Enumerable.Range(0, Readers).Select(
            reader => Task.Run(() => Read(new(reader), histories, held, all)))];
        int[] checkedAnswers = await Task.WhenAll(readers);
        await all;
        Assert.InRange(await coder, 100, int.MaxValue);
        Assert.All(checkedAnswers, count => Assert.True(count >= 20, $"Only {count} answers were checked."));
        Assert.All(histories, history => Assert.Equal(Sequences, history.Table.Sequence));
    }

    // Two bases, the second stage alone, nothing: over and over, most chunks caught in between.
    private static int Code(History[] histories, Task writers)
    {
        Random random = new(26);
        RowCoding?[] codings =
        [
            new(Dimension, ScanCases.Basis(random, Dimension, 16)), new(Dimension, null),
            new(Dimension, ScanCases.Basis(random, Dimension, 8)), null,
        ];
        int coded = 0;
        for (int i = 0; !writers.IsCompleted || coded < 100; i++)
        {
            CentroidTable table = histories[i % histories.Length].Table;
            table.UseCoding(codings[i / 8 % codings.Length]);
            for (int chunk = random.Next(4); chunk >= 0 && table.CodeNext(); chunk--)
            {
                coded++;
            }
        }

        return coded;
    }

    private static int Read(Random random, History[] histories, int limit, Task writers)
    {
        int answers = 0;
        List<TableSnapshot[]> held = [];
        for (bool last = false; !last || answers < 20;)
        {
            last = writers.IsCompleted;

            // Scan a snapshot that was taken a while ago, then hold a new one in its place.
            held.Add([.. histories.Select(history => history.Table.Snapshot())]);
            int at = held.Count < limit ? held.Count - 1 : random.Next(held.Count);
            for (long until = held[at][0].Sequence + random.Next(200); histories[0].Table.Sequence < until && !last;)
            {
                last = writers.IsCompleted;
                Thread.Yield();
            }

            Check(random, histories, held[at]);
            answers++;
            if (held.Count >= limit)
            {
                Array.ForEach(held[at], snapshot => snapshot.Dispose());
                held.RemoveAt(at);
            }
        }

        held.ForEach(snapshots => Check(random, histories, snapshots));
        return answers + held.Count;
    }

    private static void Check(Random random, History[] histories, TableSnapshot[] snapshots)
    {
        ScanQuery query = new(TestVectors.Unit(random, Dimension), random.Next(1, 40));
        ScanAnswer answer = TableScanner.Scan(query, snapshots, random.Next(1, 3), CancellationToken.None);
        List<RowChange> rows = [];
        for (int i = 0; i < histories.Length; i++)
        {
            rows.AddRange(histories[i].At(answer.Tables[i].Sequence));
            Assert.Equal(snapshots[i].Sequence, answer.Tables[i].Sequence);
        }

        Assert.Equal(BruteForce.Search(query, rows), answer.Matches);
        Assert.Equal(rows.Count, answer.Evidence.RowsScanned);
        Assert.True(answer.Complete);
        Assert.Equal(rows.Count, snapshots.Sum(snapshot => snapshot.Rows.Count()));
    }

    // One table, and what it holds at each sequence number, noted before the table shows it.
    private sealed class History(int seed)
    {
        private readonly ConcurrentDictionary<long, ImmutableDictionary<string, RowChange>> _states = new(
            [KeyValuePair.Create(0L, ImmutableDictionary<string, RowChange>.Empty)]);

        public CentroidTable Table { get; } = new(Dimension);

        public IEnumerable<RowChange> At(long sequence) => _states[sequence].Values;

        public void Write()
        {
            Random random = new(seed);
            ImmutableDictionary<string, RowChange> state = _states[0];
            for (int sequence = 1; sequence <= Sequences; sequence++)
            {
                // Growing and shrinking by turns.
                int removals = sequence / 500 % 2 == 0 ? 1 : 5;
                RowChange[] changes = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(8) < removals
                    ? new RowChange(Id(random), 0, null)
                    : new RowChange(Id(random), sequence, TestVectors.Unit(random, Dimension)))];
                foreach (RowChange change in changes)
                {
                    state = change.Centroid is null
                        ? state.Remove(change.IdentityId)
                        : state.SetItem(change.IdentityId, change);
                }

                _states[sequence] = state;
                if (sequence % 1111 == 0)
                {
                    Table.Load(sequence, state.Values);
                }
                else
                {
                    Table.Apply(sequence, changes);
                }
            }
        }

        private string Id(Random random) => $"{seed}-{random.Next(Identities)}";
    }
}
