namespace Api.Import.Merging;

/// <summary>What becomes of lines that cannot be taken as they are.</summary>
internal enum Rejections
{
    /// <summary>Nothing is written.</summary>
    Refuse,

    /// <summary>They are left out, with what refers to them, and the others are written.</summary>
    Skip,

    /// <summary>What is wrong is put right or left out, member by member; a line is left out only when nothing else helps.</summary>
    Mend,
}
