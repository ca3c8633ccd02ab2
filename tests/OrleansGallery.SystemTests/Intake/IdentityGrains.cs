using System.Reflection;
using OrleansGallery.Abstractions;

namespace OrleansGallery.SystemTests.Intake;

/// <summary>A grain factory whose only grains are identities that answer an enrolment as a test says.</summary>
public class IdentityGrains : DispatchProxy
{
    private Func<int, Task<EnrolReceipt>> _answer = _ => throw new NotSupportedException();

    /// <summary>How often an identity was asked.</summary>
    public int Calls { get; private set; }

    /// <param name="answer">The answer to the n-th call, from 1 on.</param>
    internal static (IGrainFactory Factory, IdentityGrains Grains) Create(Func<int, Task<EnrolReceipt>> answer)
    {
        IGrainFactory factory = Create<IGrainFactory, IdentityGrains>();
        IdentityGrains grains = (IdentityGrains)(object)factory;
        grains._answer = answer;
        return (factory, grains);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IGrainFactory.GetGrain) => Identity(),
        nameof(IIdentityGrain.EnrolAsync) => _answer(++Calls),
        _ => throw new NotSupportedException(targetMethod?.Name),
    };

    private IIdentityGrain Identity()
    {
        IIdentityGrain identity = Create<IIdentityGrain, IdentityGrains>();
        ((IdentityGrains)(object)identity)._answer = _ => _answer(++Calls);
        return identity;
    }
}
