using OrleansGallery.Web;

namespace OrleansGallery.WebTests.Enrol;

public sealed class EnrolPlanTests
{
    [Theory]
    [InlineData("root/anna/1.jpg|root/bob/2.jpg|root/bob/deep/3.jpg", "anna,bob,bob")]
    [InlineData("anna/1.jpg|anna/2.jpg", "anna,anna")]
    [InlineData("anna/1.jpg|bob/2.jpg|bob/deep/3.jpg", "anna,bob,bob")]
    [InlineData("root/anna/1.jpg|root/stray.jpg", "anna")]
    [InlineData("anna/1.jpg|anna/.thumbs/2.jpg", "anna")]
    [InlineData("1.jpg|2.jpg", "")]
    public void Make_Paths_TakeTheFirstFolderBelowTheRoot(string paths, string identities)
    {
        EnrolPlan plan = EnrolPlan.Make(Files(paths), null);

        Assert.Equal(identities, string.Join(",", plan.Images.Select(image => image.Identity)));
    }

    [Fact]
    public void Make_LooseFiles_AreTheNamedIdentitysOrStray()
    {
        ChosenFile[] files = Files("root/anna/1.jpg|root/2.jpg|root/Thumbs.db");

        EnrolPlan named = EnrolPlan.Make(files, "clara");
        EnrolPlan none = EnrolPlan.Make(files, " ");

        Assert.Equal(["anna", "clara"], named.Images.Select(image => image.Identity));
        Assert.Empty(named.Strays);
        Assert.Equal("root/2.jpg", Assert.Single(none.Strays).Path);
        Assert.Equal(1, none.PassedOver);
    }

    [Fact]
    public void Make_NothingChosen_IsEmpty() => Assert.Empty(EnrolPlan.Make([], "anna").Images);

    private static ChosenFile[] Files(string paths) => [.. paths.Split('|').Select(path => new ChosenFile(path, 1))];
}
