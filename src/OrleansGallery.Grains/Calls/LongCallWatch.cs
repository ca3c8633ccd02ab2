using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using OrleansGallery.Abstractions;

namespace OrleansGallery.Grains;

/// <summary>
/// Asks after the calls of a client of silos that may take long. Orleans breaks a silo's own calls when the silo that
/// has them dies; a client only hears from its gateway, and nothing when that or the silo behind it is lost. So the
/// grain is asked once a second whether it still has the call: one that started anew elsewhere says no, which ends the
/// call; one whose answer was lost with the gateway gives it once more. One that loads, or is to leave when it has done
/// what it does, answers nobody: while others answer, it is waited for; were its silo dead, it would start anew.
/// </summary>
internal sealed class LongCallWatch(TimeProvider time, IServiceProvider services) : IOutgoingGrainCallFilter
{
    /// <summary>Under which name a call carries its id.</summary>
    public const string IdKey = "gallery.call";

    /// <summary>For how long nobody in the cluster may answer, or asking may fail. A silo that does not answer is dead
    /// sooner.</summary>
    public static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    // Calls with less end soon enough by their own time-outs.
    private static readonly TimeSpan LongTimeout = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // The first no may have overtaken the call, or its answer.
    private const int MaxDenials = 2;

    // Stateless grains, several: one may be behind a gateway that does not answer.
    private const int Others = 8;

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
        bool isKnown = false;
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
                isKnown = true;
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
            catch (TimeoutException)
            {
                Task<bool> others = OthersAnswerAsync(id);
                if (await Task.WhenAny(answer, others) == answer)
                {
                    break;
                }

                if (await others)
                {
                    heardAt = time.GetTimestamp();
                }
            }
            catch (Exception exception) when (!isKnown && IsNewTo(exception))
            {
                // The silo is of an older version; the call keeps its time-out.
                break;
            }
#pragma warning disable CA1031 // Whatever it is, it may be known again in a moment.
            catch (Exception)
#pragma warning restore CA1031
            {
                // It counts as silence.
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

    // What a silo says that has no such question, or not the types of it.
    private static bool IsNewTo(Exception exception) => ClusterFailures.Translate(exception) is null && exception
        is GrainExtensionNotInstalledException or SerializerException or TypeLoadException or InvalidOperationException;

    private async Task<bool> OthersAnswerAsync(Guid id)
    {
        // Asked for only now: it is made of the filters.
        IGrainFactory grains = services.GetRequiredService<IGrainFactory>();
        try
        {
            await grains.GetGrain<ISearchGrain>(Random.Shared.Next(Others)).AsReference<ILongCalls>().FindAsync(id);
            return true;
        }
#pragma warning disable CA1031 // Nobody answered, for whatever reason.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
