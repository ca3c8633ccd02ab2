using OrleansGallery.Abstractions;

namespace OrleansGallery.ClusterTests;

public sealed class SiloNameTests
{
    [Fact]
    public void ToString_NameAndRoles_AreReadAgain()
    {
        SiloName name = new("rack-1.silo_2", [SiloRoles.Gallery, SiloRoles.Api]);
        SiloName parsed = SiloName.Parse(name.ToString());

        Assert.Equal("rack-1.silo_2@gallery+api", name.ToString());
        Assert.Equal(name.Name, parsed.Name);
        Assert.Equal(name.Roles, parsed.Roles);
        Assert.True(parsed.Has(SiloRoles.Api));
        Assert.False(parsed.Has(SiloRoles.Embedding));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a@b")]
    [InlineData("a+b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("é")]
    [InlineData("a/b")]
    public void Constructor_NameWithAnotherCharacter_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => new SiloName(name, SiloRoles.All));

    [Fact]
    public void Constructor_NameThatIsTooLong_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new SiloName(new string('a', SiloName.MaxLength + 1), SiloRoles.All));

    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("gallery+api")]
    [InlineData("gallery", "a@b")]
    public void Constructor_RolesThatAreNone_AreRefused(params string[] roles) =>
        Assert.Throws<ArgumentException>(() => new SiloName("a", roles));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Silo_1")]
    [InlineData("a@")]
    [InlineData("@gallery")]
    [InlineData("a@gallery@api")]
    [InlineData("a@gallery++api")]
    [InlineData("a@gallery,api")]
    public void TryParse_NameOfAnotherProgram_IsNone(string? text)
    {
        Assert.False(SiloName.TryParse(text, out SiloName? parsed));
        Assert.Null(parsed);
    }

    [Fact]
    public void Parse_RoleOfANewerProgram_IsKept() =>
        Assert.Equal(["gallery", "replica"], SiloName.Parse("a@gallery+replica").Roles);
}
