using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansGallery.Abstractions;
using OrleansGallery.Contracts;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Intake;

public sealed class ItemEnrollerTests
{
    private static readonly EnrolReceipt Receipt = new() { Outcome = EnrolOutcome.Searchable, Version = 1, Count = 1 };

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enrol_SiloAwayForTenSeconds_IsTriedUntilItIsBack()
    {
        DateTimeOffset back = _time.GetUtcNow().AddSeconds(10);
        (IGrainFactory factory, IdentityGrains grains) = IdentityGrains.Create(_ => _time.GetUtcNow() < back
            ? Task.FromException<EnrolReceipt>(new SiloUnavailableException("away"))
            : Task.FromResult(Receipt));

        Assert.Same(Receipt, await EndAsync(Enrol(factory)));
        Assert.InRange(grains.Calls, 7, 40);
    }

    [Fact]
    public async Task Enrol_SiloThatStaysAway_EndsInTime()
    {
        (IGrainFactory factory, _) = IdentityGrains.Create(
            _ => Task.FromException<EnrolReceipt>(new RetryException("away")));
        DateTimeOffset start = _time.GetUtcNow();

        await Assert.ThrowsAsync<RetryException>(() => EndAsync(Enrol(factory)));
        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 10, 16);
    }

    [Fact]
    public async Task Enrol_CallsThatAreNeverAnswered_AreGivenUpForOthers()
    {
        (IGrainFactory factory, IdentityGrains grains) = IdentityGrains.Create(
            _ => new TaskCompletionSource<EnrolReceipt>().Task);
        DateTimeOffset start = _time.GetUtcNow();

        await Assert.ThrowsAsync<TimeoutException>(() => EndAsync(Enrol(factory)));
        Assert.InRange(grains.Calls, 3, 4);
        Assert.InRange((_time.GetUtcNow() - start).TotalSeconds, 14, 16);
    }

    [Fact]
    public async Task Enrol_StoreWithoutRoom_IsSaidAtOnce()
    {
        (IGrainFactory factory, IdentityGrains grains) = IdentityGrains.Create(
            _ => Task.FromException<EnrolReceipt>(new StorageFullException("full")));

        await Assert.ThrowsAsync<StorageFullException>(() => Enrol(factory));
        Assert.Equal(1, grains.Calls);
    }

    private Task<EnrolReceipt> Enrol(IGrainFactory factory)
    {
        ItemEnroller enroller = new(factory, null!, Options.Create(new ServerOptions()), _time);
        ItemToEnrol item = ItemToEnrol.Of(new IngestItem { Identity = "anna", Vector = new float[] { 1, 2 } });
        Gallery gallery = new() { Name = "g", Dimension = 2, Partitions = 1 };
        return enroller.EnrolAsync(gallery, item, CancellationToken.None);
    }

    // Time goes on in small steps, with room for what waits for it.
    private async Task<EnrolReceipt> EndAsync(Task<EnrolReceipt> work)
    {
        while (!work.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, Cancelled);
        }

        return await work;
    }
}
