using Npgsql;

namespace Api.Import;

/// <summary>The connection was lost while an import was being committed, so it is unknown whether it was.</summary>
internal sealed class UnconfirmedCommitException(NpgsqlException inner)
    : NpgsqlException(
        $"The database went away while the import was being committed: either all of it is written or nothing. Import the same again; what is there already stays as it is. ({inner.Message.ReplaceLineEndings(" ")})",
        inner
    );
