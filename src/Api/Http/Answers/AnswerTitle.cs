using Api.Http.Parameters;

namespace Api.Http.Answers;

/// <summary>The title of a list, such as "Articles on China". Formats with <see cref="Format.HasTitle"/> show it.</summary>
internal static class AnswerTitle
{
    /// <summary>Sets the title of a request's answer.</summary>
    public static void Set(HttpContext http, string title) => http.Items[typeof(AnswerTitle)] = title;

    /// <summary>The title of a request's answer; null when none is set.</summary>
    public static string? Of(HttpContext http) => http.Items.TryGetValue(typeof(AnswerTitle), out var title) ? (string)title! : null;
}
