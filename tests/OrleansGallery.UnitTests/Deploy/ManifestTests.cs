using System.Text.Json.Nodes;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>The Kubernetes manifests: each fits its kind, and all of them fit together.</summary>
public sealed class ManifestTests
{
    private static readonly SchemaSubset Schema = DeployFolder.Schema("kubernetes");

    public static TheoryData<string> Manifests => [.. DeployFolder.Manifests];

    private static IEnumerable<JsonObject> Pods => DeployFolder.Objects()
        .Select(manifest => manifest["spec"]?["template"]?["spec"] as JsonObject).OfType<JsonObject>();

    [Theory]
    [MemberData(nameof(Manifests))]
    public void Documents_OfAManifest_FitTheirKinds(string manifest)
    {
        JsonNode[] documents = DeployFolder.ReadYaml(manifest);

        Assert.NotEmpty(documents);
        Assert.Empty(documents.SelectMany(document => Faults(document)));
        Assert.All(documents, document => Assert.Equal(
            "gallery",
            (document["metadata"]!["namespace"] ?? document["metadata"]!["name"])!.ToString()));
    }

    [Theory]
    [InlineData("replicas: 3", "replica: 3", "'replica'")]
    [InlineData("replicas: 3", "replicas: three", "not integer")]
    [InlineData("serviceName: gallery", "", "lacks 'serviceName'")]
    [InlineData("terminationGracePeriodSeconds: 60", "terminationGracePeriodSeconds: 30", "less than 60")]
    [InlineData("apiVersion: apps/v1", "apiVersion: apps/v2", "apps/v1")]
    [InlineData("runAsNonRoot: true", "runAsNonRoot: false", "runAsNonRoot")]
    [InlineData("containerPort: 11111", "containerPort: 111111", "more than 65535")]
    [InlineData("memory: 4Gi", "memory: 4 GB", "does not match")]
    public void Mistake_InAManifest_IsNamed(string right, string wrong, string named)
    {
        string text = DeployFolder.Read("k8s/gallery.yaml").Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains(
            YamlText.Parse(text).SelectMany(Faults), fault => fault.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public void Kinds_AreThoseThatAClusterNeeds()
    {
        Assert.Equal(
            [
                "ConfigMap gallery-settings", "Deployment api", "Deployment embedding", "Job store-init",
                "Namespace gallery", "PodDisruptionBudget api", "PodDisruptionBudget embedding",
                "PodDisruptionBudget gallery", "Secret gallery-certificates", "Secret gallery-database",
                "Secret gallery-proxy", "Service api", "Service gallery", "StatefulSet gallery",
            ],
            DeployFolder.Objects().Select(one => $"{one["kind"]} {one["metadata"]!["name"]}").Order(
                StringComparer.Ordinal));
    }

    [Fact]
    public void Selectors_FindPods()
    {
        string[] labels = [.. DeployFolder.Objects()
            .Select(one => one["spec"]?["template"]?["metadata"]?["labels"]?["app.kubernetes.io/name"]?.ToString())
            .OfType<string>()];
        IEnumerable<string> selected = DeployFolder.Objects().SelectMany(one => Find(one, "selector"))
            .Concat(DeployFolder.Objects().SelectMany(one => Find(one, "labelSelector")))
            .Select(selector => (selector["matchLabels"] ?? selector)["app.kubernetes.io/name"]!.ToString());

        Assert.Empty(selected.Except(labels));
    }

    [Fact]
    public void Processes_ListenEverywhere_AndSayWhereTheyAre()
    {
        JsonNode settings = DeployFolder.Objects().Single(
            one => one["metadata"]!["name"]!.ToString() == "gallery-settings")["data"]!;
        JsonNode[] processes = [.. Pods.SelectMany(pod => pod["containers"]!.AsArray())
            .Where(container => container!["envFrom"] is not null).Select(container => container!)];

        Assert.Equal("0.0.0.0", settings["GALLERY_Cluster__Address"]!.ToString());
        Assert.Equal(3, processes.Length);
        Assert.All(processes, process => Assert.Contains(
            process["env"]!.AsArray(),
            variable => variable!["name"]!.ToString() == "GALLERY_Cluster__AdvertisedAddress"));
    }

    [Fact]
    public void References_AreToWhatTheTemplatesHave()
    {
        ILookup<string, string> keys = DeployFolder.Objects()
            .SelectMany(one => (one["stringData"] ?? one["data"])?.AsObject()
                .Select(entry => (Name: one["metadata"]!["name"]!.ToString(), entry.Key)) ?? [])
            .ToLookup(one => one.Name, one => one.Key);
        foreach (JsonNode reference in Pods.SelectMany(pod => Find(pod, "secretKeyRef")))
        {
            Assert.Contains(reference["key"]!.ToString(), keys[reference["name"]!.ToString()]);
        }

        foreach (JsonNode secret in Pods.SelectMany(pod => Find(pod, "secret")))
        {
            string[] known = [.. keys[secret["secretName"]!.ToString()]];
            Assert.NotEmpty(known);
            Assert.Empty(Find(secret, "items").SelectMany(items => items.AsArray()).Select(
                item => item!["key"]!.ToString()).Except(known));
        }
    }

    [Fact]
    public void Mounts_AreOfTheirPodsVolumes_AndFilesAreInSecrets()
    {
        string[] certificates = [.. DeployFolder.Objects()
            .Single(one => one["metadata"]!["name"]!.ToString() == "gallery-certificates")["stringData"]!.AsObject()
            .Select(entry => $"/certificates/{entry.Key}")];
        foreach (JsonObject pod in Pods)
        {
            string[] volumes = [.. (pod["volumes"]?.AsArray() ?? []).Select(volume => volume!["name"]!.ToString())];
            JsonNode?[] containers = [.. pod["containers"]!.AsArray()];
            Assert.Empty(containers.SelectMany(container => Find(container!, "volumeMounts"))
                .SelectMany(mounts => mounts.AsArray()).Select(mount => mount!["name"]!.ToString()).Except(volumes));
            Assert.Empty(containers.SelectMany(container => container!["env"]!.AsArray())
                .Select(variable => variable!["value"]?.ToString().Replace("$(POD_NAME)", "gallery-0"))
                .OfType<string>().Where(value => value.StartsWith("/certificates/", StringComparison.Ordinal))
                .Except(certificates));
        }
    }

    private static IEnumerable<string> Faults(JsonNode document)
    {
        string kind = document["kind"]?.ToString() ?? string.Empty;
        return Schema.Has(kind) ? Schema.Faults(kind, document) : [$"The kind '{kind}' is not known."];
    }

    private static IEnumerable<JsonNode> Find(JsonNode node, string key) => node switch
    {
        JsonObject map => map.Where(one => one.Value is not null).SelectMany(
            one => one.Key == key ? [one.Value!] : Find(one.Value!, key)),
        JsonArray list => list.Where(one => one is not null).SelectMany(one => Find(one!, key)),
        _ => [],
    };
}
