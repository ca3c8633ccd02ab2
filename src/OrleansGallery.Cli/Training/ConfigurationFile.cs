using System.Diagnostics.CodeAnalysis;
using OrleansGallery.Training;

namespace OrleansGallery.Cli;

/// <summary>The training configuration that a command names.</summary>
internal static class ConfigurationFile
{
    /// <summary>Reads it, or says everything that is wrong with it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">Where errors go, a line each.</param>
    /// <param name="options">The options.</param>
    /// <returns>False where the command was used wrongly.</returns>
    public static bool TryLoad(string path, CommandOutput output, [NotNullWhen(true)] out TrainingOptions? options)
    {
        try
        {
            options = TrainingConfiguration.Load(InputFile.Require(path));
            return true;
        }
        catch (ConfigurationException exception)
        {
            foreach (string error in exception.Errors)
            {
                output.Error.WriteLine($"{exception.File}: {error}");
            }

            options = null;
            return false;
        }
    }
}
