using static TorchSharp.torch;

namespace OrleansGallery.Inference.Checkpoints;

/// <summary>A network's parameters and buffers under their keys.</summary>
public static class NetworkState
{
    /// <summary>
    /// Lists them in PyTorch's order: a module's parameters, its buffers, then its children (TorchSharp's own
    /// <c>state_dict</c> lists all parameters before all buffers).
    /// </summary>
    /// <param name="network">The network; it keeps ownership of the tensors.</param>
    /// <returns>Keys and tensors.</returns>
    public static IReadOnlyList<(string Name, Tensor Value)> Of(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        List<(string, Tensor)> state = [];
        Add(network, string.Empty, state);
        return state;
    }

    private static void Add(nn.Module module, string prefix, List<(string, Tensor)> state)
    {
        foreach ((string name, Tensor value) in module.named_parameters(recurse: false))
        {
            state.Add((prefix + name, value));
        }

        foreach ((string name, Tensor value) in module.named_buffers(recurse: false))
        {
            state.Add((prefix + name, value));
        }

        foreach ((string name, nn.Module child) in module.named_children())
        {
            Add(child, $"{prefix}{name}.", state);
        }
    }
}
