using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OrleansGallery.Testing;

namespace OrleansGallery.UnitTests.Deploy;

/// <summary>
/// The settings that the program knows, read from its compiled options types without loading it: a type with a constant
/// <c>Section</c>, and its public properties that can be set.
/// </summary>
internal static class KnownSettingNames
{
    /// <summary>The keys of each section.</summary>
    public static IReadOnlyDictionary<string, string[]> All { get; } = Read();

    private static Dictionary<string, string[]> Read()
    {
        string output = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        string configuration = Path.GetFileName(Path.GetDirectoryName(output)!);
        string program = Path.Combine(
            Repository.Root, "src", "OrleansGallery.Cli", "bin", configuration, Path.GetFileName(output));
        return Directory.EnumerateFiles(program, "OrleansGallery.*.dll").SelectMany(SectionsOf)
            .ToDictionary(section => section.Name, section => section.Keys, StringComparer.Ordinal);
    }

    private static List<(string Name, string[] Keys)> SectionsOf(string assembly)
    {
        using FileStream file = File.OpenRead(assembly);
        using PEReader image = new(file);
        MetadataReader metadata = image.GetMetadataReader();
        List<(string, string[])> sections = [];
        foreach (TypeDefinition type in metadata.TypeDefinitions.Select(metadata.GetTypeDefinition))
        {
            if (metadata.GetString(type.Name).EndsWith("Options", StringComparison.Ordinal)
                && SectionOf(metadata, type) is { } name)
            {
                sections.Add((name, [.. type.GetProperties().Select(metadata.GetPropertyDefinition)
                    .Where(property => IsPublic(metadata, property))
                    .Select(property => metadata.GetString(property.Name))]));
            }
        }

        return sections;
    }

    private static string? SectionOf(MetadataReader metadata, TypeDefinition type)
    {
        foreach (FieldDefinition field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if (metadata.GetString(field.Name) == "Section" && !field.GetDefaultValue().IsNil)
            {
                Constant value = metadata.GetConstant(field.GetDefaultValue());
                return (string?)metadata.GetBlobReader(value.Value).ReadConstant(value.TypeCode);
            }
        }

        return null;
    }

    private static bool IsPublic(MetadataReader metadata, PropertyDefinition property) =>
        property.GetAccessors().Setter is { IsNil: false } setter
        && (metadata.GetMethodDefinition(setter).Attributes & MethodAttributes.MemberAccessMask)
            == MethodAttributes.Public;
}
