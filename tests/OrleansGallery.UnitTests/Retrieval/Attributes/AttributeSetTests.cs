using OrleansGallery.Retrieval;

namespace OrleansGallery.UnitTests.Retrieval.Attributes;

public sealed class AttributeSetTests
{
    private static readonly AttributeSet Two = AttributeSet.Of([new("b", "1"), new("B", "2")]);

    [Fact]
    public void Of_TheSamePairsInAnyOrder_AreEqual()
    {
        AttributeSet other = AttributeSet.Of([new("B", "2"), new("b", "1")]);
        Assert.Equal(Two, other);
        Assert.Equal(Two.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(Two, AttributeSet.Of([new("B", "2"), new("b", "")]));
        Assert.NotEqual(Two, AttributeSet.Of([new("B", "2")]));
        Assert.Equal("B=2, b=1", Two.ToString());
        Assert.Throws<ArgumentException>(() => AttributeSet.Of([new("a", "1"), new("a", "1")]));
    }

    [Fact]
    public void With_Changes_SetsTakesAwayAndLeaves()
    {
        Assert.Equal(
            AttributeSet.Of([new("B", "3"), new("c", "")]), Two.With([new("B", "3"), new("b", null), new("c", "")]));
        Assert.Same(Two, Two.With([new("none", null), new("b", "1")]));
        Assert.Same(AttributeSet.Empty, Two.With([new("B", null), new("b", null)]));
    }
}
