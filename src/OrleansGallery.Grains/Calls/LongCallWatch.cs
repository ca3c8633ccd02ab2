using Orleans.Serialization.Invocation;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Asks after the calls of a client of silos that may take long. Orleans breaks a silo's own calls when the silo that
/// has them dies; a client only hears from its gateway, and nothing when that or the silo behind it is lost. So the
/// grain is asked once a second whether it still has the call: one that started anew elsewhere says no, which ends the
/// call; one whose answer was lost with the gateway gives it once more.
/// </summary>
internal sealed class LongCallWatch(TimeProvider time) : IOutgoingGrainCallFilter
{
    /// <summary>Under which name a call carries its id.</summary>
    public const string IdKey = "gallery.call";

    /// <summary>For how long nobody may know of a call. A silo that does not answer is dead sooner.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    // Calls with less end soon enough by their own time-outs.
    private static readonly TimeSpan LongTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The first no may have overtaken the call, or its answer.
    private const int MaxDenials = 2;

    /// <inheritdoc />
    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.Request.GetDefaultResponseTimeout() >= LongTimeout ? WatchAsync(context) : context.Invoke();

    private async Task WatchAsync(IOutgoingGrainCallContext context)
    {
        Guid id = Guid.NewGuid();
        RequestContext.Set(IdKey, id);
        Task answer = context.Invoke();
        RequestContext.Remove(IdKey);
        ILongCalls grain = ((IAddressable)context.Grain).AsReference<ILongCalls>();
        long heardAt = time.GetTimestamp();
        int denials = 0;
        while (await Task.WhenAny(answer, Task.Delay(Pause, time)) != answer)
        {
            try
            {
                Task<LongCall?> found = grain.FindAsync(id);
                if (await Task.WhenAny(answer, found) == answer)
                {
                    found.Ignore();
                    break;
                }

                LongCall? call = await found;
                heardAt = time.GetTimestamp();
                denials = call is null ? denials + 1 : 0;
                if (call is { HasEnded: true })
                {
                    answer.Ignore();
                    context.Response = call.Failure is null
                        ? Response.FromResult(call.Result) : Response.FromException(call.Failure);
                    return;
                }
            }
            catch (Exception exception) when (ClusterFailures.Translate(exception) is not null)
            {
                // It may be known again in a moment.
            }
#pragma warning disable CA1031 // A silo of an older version cannot be asked; the call keeps its time-out.
            catch (Exception)
#pragma warning restore CA1031
            {
                break;
            }

            if (denials == MaxDenials || time.GetElapsedTime(heardAt) > MaxSilence)
            {
                answer.Ignore();
                throw new RetryException(
                    "The silo that had the request was lost before it answered; whether the request was carried out is "
                    + "unknown. Send it again.");
            }
        }

        await answer;
    }
}
