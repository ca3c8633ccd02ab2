using System.Reflection;
using OrleansGallery.Abstractions;

namespace OrleansGallery.SystemTests.Http;

/// <summary>A grain factory whose only grains are partitions that say what changed as a test says.</summary>
public class PartitionGrains : DispatchProxy
{
    private Func<ChangesRequest, CancellationToken, Task<ChangesAnswer>> _answer =
        (_, _) => throw new NotSupportedException();

    /// <param name="answer">The answer of any partition.</param>
    internal static IGrainFactory Create(Func<ChangesRequest, CancellationToken, Task<ChangesAnswer>> answer) =>
        Create<IGrainFactory>(answer);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IGrainFactory.GetGrain) => Create<IPartitionGrain>(_answer),
        nameof(IPartitionGrain.ReadChangesAsync) => _answer((ChangesRequest)args![0]!, (CancellationToken)args[1]!),
        _ => throw new NotSupportedException(targetMethod?.Name),
    };

    private static T Create<T>(Func<ChangesRequest, CancellationToken, Task<ChangesAnswer>> answer)
        where T : class
    {
        T proxy = Create<T, PartitionGrains>();
        ((PartitionGrains)(object)proxy)._answer = answer;
        return proxy;
    }
}
