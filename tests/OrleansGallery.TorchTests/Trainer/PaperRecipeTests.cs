using OrleansGallery.Training;

namespace OrleansGallery.TorchTests.Trainer;

public sealed class PaperRecipeTests
{
    [Fact]
    public void All_Recipes_HaveACommittedConfigurationThatStartsFromTheBox()
    {
        Assert.Equal(8, PaperRecipe.All.Count);
        foreach (PaperRecipe recipe in PaperRecipe.All)
        {
            TrainingOptions options = TrainingConfiguration.Load(recipe.Configuration);
            Assert.Equal(
                (recipe.Name, "imagenet-resnet"), (options.Name, options.Network.InitialCheckpoint));
            Assert.All(recipe.Figures, figure => Assert.Equal(recipe.Name, figure.Recipe));
            Assert.NotEmpty(recipe.Figures.Concat(recipe.OtherFigures));
            string departure = recipe.DepartureOf(options)!;
            Assert.Contains($"The paper trained {recipe.Architecture} from its ImageNet weights", departure,
                StringComparison.Ordinal);
            Assert.Contains("resnet18-2223 from ImageNet weights in the box", departure, StringComparison.Ordinal);

            TrainingOptions papers = recipe.StartFrom(options, "/w/own.pth");
            Assert.Null(recipe.DepartureOf(papers));
            Assert.Equal(
                (recipe.Architecture, "/w/own.pth"), (papers.Network.Architecture, papers.Network.InitialCheckpoint));
        }
    }

    [Theory]
    [InlineData("market1501-ctl", 3, 0)]
    [InlineData("market1501-base", 0, 3)]
    [InlineData("dukemtmcreid-base", 0, 5)]
    [InlineData("deepfashion-ctl-s", 1, 0)]
    [InlineData("deepfashion-ctl-l", 0, 1)]
    [InlineData("street2shop-ctl-s", 0, 1)]
    [InlineData("street2shop-ctl-l", 1, 0)]
    public void Figures_Recipe_AreOfItsOwnModel(string name, int own, int others)
    {
        PaperRecipe recipe = PaperRecipe.Find(name)!;
        Assert.Equal((own, others), (recipe.Figures.Count, recipe.OtherFigures.Count));
    }

    [Theory]
    [InlineData("deepfashion-ctl-l", "data/train_x.json", DataSourceKind.Coco, "data", "data/train_x.json")]
    [InlineData("market1501-base", "data/m.csv", DataSourceKind.Manifest, "data/m.csv", "")]
    public void TrainOn_List_IsWhatTheLoaderReads(
        string name, string list, DataSourceKind source, string path, string json)
    {
        PaperRecipe recipe = PaperRecipe.Find(name)!;
        DataOptions data = recipe.TrainOn(TrainingConfiguration.Load(recipe.Configuration), list).Data;
        Assert.Equal((source, path, json), (data.Source, data.Path, data.TrainJson));
    }
}
