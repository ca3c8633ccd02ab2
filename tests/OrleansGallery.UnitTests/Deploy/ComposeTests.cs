using System.Text.Json.Nodes;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>The Compose file.</summary>
public sealed class ComposeTests
{
    private static readonly JsonObject Compose = DeployFolder.ReadYaml("compose.yaml").Single().AsObject();

    private static JsonObject Services => Compose["services"]!.AsObject();

    [Fact]
    public void Compose_FitsItsSchema()
    {
        SchemaSubset schema = DeployFolder.Schema("compose");

        Assert.Empty(schema.Faults("compose", Compose));
        Assert.Contains(
            schema.Faults("compose", JsonNode.Parse("""{"name":"a","services":{"b":{"image":"c","restarts":"no"}}}""")),
            fault => fault.Contains("'restarts'", StringComparison.Ordinal));
    }

    [Fact]
    public void Services_AreThoseOfAThreeSiloCluster()
    {
        Assert.Equal(
            ["postgres", "store-init", "gallery-1", "gallery-2", "gallery-3", "embedding-1", "api", "proxy"],
            Services.Select(service => service.Key));
        Assert.Equal(
            ["gallery", "gallery", "gallery", "embedding", "api"],
            Services.Select(service => service.Value!["environment"]?["GALLERY_Server__Roles"]?.ToString())
                .OfType<string>());
    }

    [Fact]
    public void Processes_HaveTimeToStop_AndStartAgain()
    {
        Assert.All(
            Services.Where(service => service.Value!["env_file"] is not null),
            service => Assert.Equal(
                ("always", "60s"),
                (service.Value!["restart"]!.ToString(), service.Value["stop_grace_period"]!.ToString())));
    }

    [Fact]
    public void Processes_ListenEverywhere_AndSayWhereTheyAre()
    {
        Assert.Contains(
            "GALLERY_Cluster__Address=0.0.0.0\n", DeployFolder.Read("compose.env"), StringComparison.Ordinal);
        Assert.All(
            Services.Where(service => service.Value!["env_file"] is not null),
            service => Assert.Equal(
                (service.Key, service.Key),
                (service.Value!["hostname"]!.ToString(),
                    service.Value["environment"]!["GALLERY_Cluster__AdvertisedAddress"]!.ToString())));
    }

    [Fact]
    public void WhatServicesName_IsThere()
    {
        foreach ((string name, JsonNode? service) in Services)
        {
            Assert.Empty((service!["depends_on"]?.AsObject() ?? []).Select(one => one.Key)
                .Except(Services.Select(one => one.Key)));
            Assert.Empty((service["env_file"]?.AsArray() ?? []).Select(file => file!.ToString())
                .Except(DeployFolder.Files));
            foreach (string source in (service["volumes"]?.AsArray() ?? []).Select(
                volume => volume!.ToString().Split(':')[0]))
            {
                // Certificates are made by the reader.
                Assert.True(
                    source.Contains("certificates/", StringComparison.Ordinal)
                    || Compose["volumes"]!.AsObject().ContainsKey(source)
                    || File.Exists(Path.Combine(DeployFolder.Root, source)),
                    $"{name}: {source}");
            }
        }
    }
}
