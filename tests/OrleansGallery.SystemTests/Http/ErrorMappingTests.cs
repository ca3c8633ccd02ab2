using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

public sealed class ErrorMappingTests
{
    public static TheoryData<Type> Leaves() =>
    [
        .. typeof(GalleryException).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(GalleryException)) && !type.IsAbstract),
    ];

    [Theory]
    [MemberData(nameof(Leaves))]
    public void Of_EveryExceptionOfOurs_HasACodeAndIsRetryableAsItSays(Type type)
    {
        GalleryException exception = (GalleryException)Activator.CreateInstance(type, "why")!;

        Failure failure = ErrorMapping.Of(exception);

        Assert.NotEqual(ErrorCodes.Internal, failure.Code);
        Assert.Equal(("why", exception.Retryable), (failure.Message, failure.Retryable));
        // What is the service's trouble may pass, but for damage.
        Assert.Equal(exception.Retryable || exception is StorageDamagedException, failure.Status >= 500);
    }

    [Fact]
    public void Of_ABug_TellsNothingOfIt()
    {
        Failure failure = ErrorMapping.Of(new InvalidOperationException("secret"));

        Assert.Equal((500, ErrorCodes.Internal, false), (failure.Status, failure.Code, failure.Retryable));
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AStateOfTheCluster_MayPass()
    {
        Exception[] states =
        [
            new TimeoutException(), new OperationCanceledException(), new ObjectDisposedException("x"),
        ];

        Assert.All(states, state => Assert.Equal(
            (503, ErrorCodes.Retry, true),
            (ErrorMapping.Of(state).Status, ErrorMapping.Of(state).Code, ErrorMapping.Of(state).Retryable)));
    }
}
