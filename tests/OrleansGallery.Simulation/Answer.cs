using System.Diagnostics;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Simulation;

/// <summary>What came of a question to the cluster.</summary>
/// <typeparam name="T">What it answers.</typeparam>
/// <param name="Value">The answer; default: it was refused.</param>
/// <param name="Refusal">The refusal; null: there is an answer.</param>
/// <param name="IsRepeated">Whether it was asked more than once: an earlier attempt may have been carried out.</param>
internal sealed record Answer<T>(T? Value, GalleryException? Refusal, bool IsRepeated);

/// <summary>Asks the cluster as its clients do.</summary>
internal static class Answer
{
    private const int Attempts = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    /// <summary>Asks until an answer comes that is final.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="what">The question, for the error.</param>
    /// <param name="call">Asks once.</param>
    /// <param name="isFinal">Whether an answer will do; null: any.</param>
    /// <returns>What came.</returns>
    /// <exception cref="MismatchException">For six minutes none came.</exception>
    public static async Task<Answer<T>> AskAsync<T>(string what, Func<Task<T>> call, Func<T, bool>? isFinal = null)
    {
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            string last;
            try
            {
                T value = await call().WaitAsync(Limit);
                if (isFinal?.Invoke(value) ?? true)
                {
                    return new Answer<T>(value, null, attempt > 1);
                }

                last = $"{value}";
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception) is { } failure)
            {
                if (!failure.Retryable)
                {
                    return new Answer<T>(default, failure, attempt > 1);
                }

                last = failure.Message;
            }

            if (Stopwatch.GetElapsedTime(start) > Limit)
            {
                throw new MismatchException($"{what}: no answer in {Limit.TotalSeconds:F0} s; the last was: {last}");
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>Asks 200 times at most, as long as it is told to ask again.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="call">Asks once.</param>
    /// <returns>The answer; what else the last attempt throws passes.</returns>
    public static async Task<T> GetAsync<T>(Func<Task<T>> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (
                attempt < Attempts && ClusterFailures.Translate(exception)?.Retryable == true)
            {
                await Task.Delay(2 * Pause);
            }
        }
    }

    /// <summary>Compares whether something was refused with whether it should have been.</summary>
    /// <typeparam name="T">What is answered.</typeparam>
    /// <param name="answer">What came.</param>
    /// <param name="what">The question, for the error.</param>
    /// <param name="refusals">The refusals that may come; none: it must be carried out.</param>
    /// <returns>Whether it was carried out.</returns>
    /// <exception cref="MismatchException">It is not as it should be.</exception>
    public static bool Judge<T>(this Answer<T> answer, string what, params IReadOnlyCollection<Type> refusals)
    {
        string expected = refusals.Count == 0
            ? "that it is carried out" : string.Join(" or ", refusals.Select(type => type.Name).Distinct());
        if (answer.Refusal is { } refusal)
        {
            return refusals.Contains(refusal.GetType()) ? false : throw new MismatchException(
                $"{what}: refused by {refusal.GetType().Name} ({refusal.Message}), expected {expected}");
        }

        return refusals.Count == 0 ? true
            : throw new MismatchException($"{what}: carried out ({answer.Value}), expected {expected}");
    }

    /// <summary>Compares two values.</summary>
    /// <typeparam name="T">Of which type.</typeparam>
    /// <param name="what">The question, for the error.</param>
    /// <param name="expected">What should have come.</param>
    /// <param name="actual">What came.</param>
    /// <exception cref="MismatchException">They differ.</exception>
    public static void Same<T>(string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new MismatchException($"{what}: answered {actual}, expected {expected}");
        }
    }
}
