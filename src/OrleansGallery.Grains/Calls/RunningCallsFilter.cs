namespace OrleansGallery.Grains;

/// <summary>Notes the calls on this silo whose callers ask after them (<see cref="LongCallWatch"/>).</summary>
internal sealed class RunningCallsFilter(RunningCalls calls) : IIncomingGrainCallFilter
{
    /// <inheritdoc />
    public Task Invoke(IIncomingGrainCallContext context) => RequestContext.Get(LongCallWatch.IdKey) is Guid call
        ? RunAsync(context, call)
        : context.Invoke();

    private async Task RunAsync(IIncomingGrainCallContext context, Guid call)
    {
        // What the grain calls itself is another call.
        RequestContext.Remove(LongCallWatch.IdKey);
        calls.Begin(call);
        try
        {
            await context.Invoke();
            calls.End(call, context.Result, null);
        }
        catch (Exception exception)
        {
            calls.End(call, null, exception);
            throw;
        }
    }
}
