using Microsoft.Playwright;
using OrleansGallery.Contracts;
using OrleansGallery.WebTests.Fixtures;

namespace OrleansGallery.WebTests.Pages;

/// <summary>Identities renamed, merged, split, and images moved between them; and the way back.</summary>
[Collection(PageTests.Name), Trait("Category", "Web")]
public sealed class IdentityOperationTests(ShownPage shown)
{
    public static TheoryData<string> Nasty => [.. ShownPage.Nasty];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Rename_ToAnIdThatIsMarkup_ShowsIt_AndUndoes(string id)
    {
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, ("anna", "first", [1, 2, 3, 4]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        await window.Button("Rename identity").ClickAsync();
        ILocator field = await window.TypeAsync("New id", id);
        await field.PressAsync("Enter");

        ILocator undo = window.Page.Locator(".undo");
        await undo.WaitForAsync();
        Assert.Equal(
            $"1 image went from 'anna' to '{id}', and 'anna' is gone.",
            await undo.GetByRole(AriaRole.Status).TextContentAsync());
        await window.ShowsIdentityAsync(id);
        await window.HasFocusAsync(window.Page.Locator("h1"));
        Assert.Equal($"{id} - OrleansGallery", await window.Page.EvaluateAsync<string>("document.title"));
        Assert.Equal(0, await window.Page.Locator("main img, main script").CountAsync());
        Assert.Equal("first", await OwnGallery.ImagesAsync(shown.Client, gallery, id));

        await window.Button("Undo").ClickAsync();

        await window.Text("Undone: 1 image went back").WaitForAsync();
        await window.ShowsIdentityAsync("anna");
        Assert.Equal("first", await OwnGallery.ImagesAsync(shown.Client, gallery, "anna"));
        Assert.Equal(0, await window.Button("Undo").CountAsync());
        await window.Button("Put this away").ClickAsync();
        await undo.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Rename_ToOneThatIs_SaysSo_AndTakesAnother()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, ("anna", "first", [1, 2, 3, 4]), ("bob", "second", [4, 3, 2, 1]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        await window.Button("Rename identity").ClickAsync();
        ILocator field = await window.TypeAsync("New id", "anna");
        await field.PressAsync("Enter");
        await window.Text("Give it another id.").WaitForAsync();
        await field.FillAsync("bob");
        await window.Button("Rename").ClickAsync();
        await window.Text("There is such an identity already").WaitForAsync();
        await window.Text("Choose another id, or merge the two.").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "rename-refused");
        await field.FillAsync("carl");
        await window.Button("Rename").ClickAsync();

        await window.ShowsIdentityAsync("carl");
    }

    [Fact]
    public async Task Rename_CancelledByKey_KeepsTheIdAndTheFocus()
    {
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, ("anna", "first", [1, 2, 3, 4]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        await window.Button("Rename identity").PressAsync("Enter");
        ILocator field = await window.TypeAsync("New id", "carl");
        await window.Page.Keyboard.PressAsync("Escape");
        await field.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await window.HasFocusAsync(window.Button("Rename identity"));
        Assert.Equal("first", await OwnGallery.ImagesAsync(shown.Client, gallery, "anna"));
    }

    [Fact]
    public async Task Merge_IntoOneFoundByItsBeginning_ShowsBoth_AndUndoBringsItBack()
    {
        string gallery = await OwnGallery.OfPicturesAsync(shown, "mug", "milk", "mustard");
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "mug");

        await window.Button("Merge identity").ClickAsync();
        // Before anything is typed: what is most like it, and never itself.
        await window.Text("Most like it").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Radio).Nth(1).WaitForAsync();
        Assert.Equal(2, await window.Page.GetByRole(AriaRole.Radio).CountAsync());
        Assert.True(await window.Button("Merge").IsDisabledAsync());
        await window.Page.GetByLabel("Id of the identity that gets them").FillAsync("mus");
        await window.Text("Ids that begin so").WaitForAsync();
        await window.Page.GetByRole(AriaRole.Status).Filter(
            new LocatorFilterOptions { HasTextRegex = new("^\\s*1 identity\\s*$") }).WaitForAsync();
        await window.Page.GetByRole(AriaRole.Radio).CheckAsync();
        await window.Page.Locator(".side img").Nth(5).WaitForAsync();
        await window.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Screenshots.KeepAsync(window.Page, "merge-chosen");
        await window.Button("Merge into 'mustard'").ClickAsync();

        await window.ShowsIdentityAsync("mustard");
        await window.Text("3 images went from 'mug' to 'mustard', and 'mug' is gone.").WaitForAsync();
        await window.Page.Locator(".tiles li").Nth(5).WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "merged");
        Assert.Equal(6, (await shown.Client.GetIdentityAsync(gallery, "mustard", Cancelled)).Count);

        await window.Button("Undo").ClickAsync();

        await window.ShowsIdentityAsync("mug");
        await window.Page.Locator(".tiles li").First.WaitForAsync();
        Assert.Equal(3, (await shown.Client.GetIdentityAsync(gallery, "mustard", Cancelled)).Count);
        Assert.Equal(3, (await shown.Client.GetIdentityAsync(gallery, "mug", Cancelled)).Count);
    }

    [Fact]
    public async Task Split_ProposalMendedByHand_MakesTheNewIdentity_AndUndoes()
    {
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, TwoInOne);
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "both");

        await window.Button("Split identity").ClickAsync();
        ILocator stay = window.List("Stay with 'both'").GetByRole(AriaRole.Button);
        ILocator go = window.List("Become a new identity").GetByRole(AriaRole.Button);
        await go.First.WaitForAsync();
        await Assertions.Expect(stay).ToHaveTextAsync(["a1", "a2", "a3", "a4"]);
        await Assertions.Expect(go).ToHaveTextAsync(["b1", "b2"]);
        await window.Button("Move image a4 to the other group").ClickAsync();
        await Assertions.Expect(go).ToHaveTextAsync(["a4", "b1", "b2"]);
        await window.Button("Swap the groups").ClickAsync();
        await Assertions.Expect(go).ToHaveTextAsync(["a1", "a2", "a3"]);
        await Screenshots.KeepAsync(window.Page, "split-mended");
        await window.Page.GetByLabel("The new identity's id (optional)").FillAsync("apart");
        await window.Button("Split").ClickAsync();

        await window.Text("3 images went from 'both' to 'apart'.").WaitForAsync();
        Assert.Equal("a1 a2 a3", await OwnGallery.ImagesAsync(shown.Client, gallery, "apart"));
        Assert.Equal("a4 b1 b2", await OwnGallery.ImagesAsync(shown.Client, gallery, "both"));
        ILocator tiles = window.Page.Locator(".tiles li");
        await tiles.Nth(3).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await window.Button("Undo").ClickAsync();

        await tiles.Nth(5).WaitForAsync();
        Assert.Equal("a1 a2 a3 a4 b1 b2", await OwnGallery.ImagesAsync(shown.Client, gallery, "both"));
    }

    [Fact]
    public async Task Split_ImagesThatAreAllAlike_SaysThatThereIsNothingToPart()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, ("anna", "first", [1, 2, 3, 4]), ("anna", "second", [1, 2, 3, 4]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");

        await window.Button("Split identity").ClickAsync();

        await window.Text("all have the same direction: there is nothing to part.").First.WaitForAsync();
        Assert.True(await window.Button("Split").IsDisabledAsync());
    }

    [Fact]
    public async Task Move_ChosenImages_GoToTheOther_AndUndoes()
    {
        string gallery = await OwnGallery.OfVectorsAsync(
            shown.Client, [.. TwoInOne, ("other", "c1", [0, 0, 1, 0])]);
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "both");

        await window.Page.GetByLabel("Choose image b1").CheckAsync();
        await window.Page.GetByLabel("Choose image b2").CheckAsync();
        await window.Text("2 images chosen").WaitForAsync();
        await window.Button("Move them").ClickAsync();
        await window.Page.GetByLabel("Id of the identity that gets them").FillAsync("other");
        await window.Button("Move into 'other'").ClickAsync();

        await window.Text("2 images went from 'both' to 'other'.").WaitForAsync();
        Assert.Equal("b1 b2 c1", await OwnGallery.ImagesAsync(shown.Client, gallery, "other"));
        await window.Text("2 images chosen").WaitForAsync(
            new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

        await window.Button("Undo").ClickAsync();

        await window.Text("Undone: 2 images went back").WaitForAsync();
        Assert.Equal("c1", await OwnGallery.ImagesAsync(shown.Client, gallery, "other"));
    }

    [Fact]
    public async Task Undo_WhatSomethingStandsAgainst_SaysWhat_AndKeepsTheOffer()
    {
        string gallery = await OwnGallery.OfVectorsAsync(shown.Client, ("anna", "first", [1, 2, 3, 4]));
        await using BrowserWindow window = await OwnGallery.OpenAsync(shown, gallery, "anna");
        await window.Button("Rename identity").ClickAsync();
        await window.Page.GetByLabel("New id").FillAsync("carl");
        await window.Button("Rename").ClickAsync();
        await window.ShowsIdentityAsync("carl");
        await shown.Client.EnrolAsync(
            gallery, "anna", new EnrolImageRequest { ImageId = "first", Vector = [4, 3, 2, 1] }, Cancelled);

        await window.Button("Undo").ClickAsync();

        await window.Page.Locator(".undo .refusal").WaitForAsync();
        await Screenshots.KeepAsync(window.Page, "undo-refused");
        Assert.Equal(1, await window.Button("Undo").CountAsync());
        Assert.Equal("first", await OwnGallery.ImagesAsync(shown.Client, gallery, "carl"));
    }

    private static (string Identity, string Image, float[] Vector)[] TwoInOne =>
    [
        ("both", "a1", [1, 0, 0, 0]), ("both", "a2", [1, 0.1f, 0, 0]), ("both", "a3", [1, 0, 0.1f, 0]),
        ("both", "a4", [1, 0, 0, 0.1f]), ("both", "b1", [0, 1, 0, 0]), ("both", "b2", [0, 1, 0, 0.1f]),
    ];
}
