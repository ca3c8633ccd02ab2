using System.Text;
using OrleansGallery.Abstractions;
using OrleansGallery.Server;

namespace OrleansGallery.SystemTests.Http;

/// <summary>What a split calls the new identity where nobody says.</summary>
public sealed class SplitNameTests
{
    [Theory]
    [InlineData("bob", 1, "bob-")]
    [InlineData("a", 256, "a")]
    [InlineData("\u00E4", 128, "\u00E4")]
    [InlineData("\U0001F600", 64, "\U0001F600")]
    public void NameOf_AnyId_IsAnIdThatBeginsWithIt(string text, int times, string start)
    {
        string identity = string.Concat(Enumerable.Repeat(text, times));

        string name = SplitEndpoints.NameOf(identity, "operation");

        Assert.StartsWith(start, name, StringComparison.Ordinal);
        Assert.Equal(name, SplitEndpoints.NameOf(identity, "operation"));
        Assert.NotEqual(name, SplitEndpoints.NameOf(identity, "another"));
        Assert.True(Encoding.UTF8.GetByteCount(name) > Math.Min(Encoding.UTF8.GetByteCount(identity), 256 - 4));
        Assert.Equal(name, IdRules.Require("identity id", name));
    }
}
