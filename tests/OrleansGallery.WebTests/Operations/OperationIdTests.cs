using OrleansGallery.Web;

namespace OrleansGallery.WebTests.Operations;

public sealed class OperationIdTests
{
    private readonly OperationId _operation = new();
    private readonly List<string> _sent = [];

    [Fact]
    public async Task Send_AgainAfterNoAnswer_IsTheSame_AndAnotherWishIsAnother()
    {
        await LoseAsync("products", "a", "b");
        await LoseAsync("products", "a", "b");
        await LoseAsync("products", "a", "c");
        await LoseAsync("products", "a", "b");

        Assert.Equal(_sent[0], _sent[1]);
        Assert.Equal(3, _sent.Distinct().Count());
    }

    [Fact]
    public async Task Send_AgainAfterAnAnswer_IsAnother()
    {
        string first = await _operation.SendAsync(Task.FromResult, "products", "a");
        string second = await _operation.SendAsync(Task.FromResult, "products", "a");

        Assert.NotEqual(first, second);
    }

    private async Task LoseAsync(params string[] wish) => await Assert.ThrowsAsync<IOException>(
        () => _operation.SendAsync<string>(
            id =>
            {
                _sent.Add(id);
                throw new IOException("The answer is lost.");
            },
            wish));
}
