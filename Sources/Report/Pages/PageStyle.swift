/// How pages look: one column of text, tables that scroll by themselves, light and dark. Every pair
/// of text and ground has a contrast of 4.5 at least.
enum PageStyle {
  /// The style sheet.
  static let sheet = """
    :root{--ink:#1f2328;--muted:#57606a;--paper:#fff;--soft:#f4f6f8;--line:#d0d7de;\
    --link:#0550ae;\(MarkColour.variables(isDark: false))}
    @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--muted:#a5afba;--paper:#0d1117;\
    --soft:#161b22;--line:#30363d;--link:#79b8ff;\(MarkColour.variables(isDark: true))}}
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:1.25rem 1rem 4rem;max-width:76rem;overflow-wrap:anywhere;\
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    h1{font-size:1.65rem;line-height:1.25;margin:.1rem 0 .8rem;max-width:46rem;text-wrap:balance}
    h2{font-size:1.25rem;margin:2.6rem 0 .7rem;padding-top:.9rem;border-top:1px solid var(--line)}
    h3{font-size:1.03rem;margin:1.9rem 0 .4rem}
    p,ul{max-width:46rem}
    ul{padding-left:1.2rem}
    li{margin:.25rem 0}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);\
    outline-offset:2px}
    .kicker,.quiet{color:var(--muted)}
    .kicker{margin:0;font-size:.9rem}
    .banner{background:var(--warnbg);color:var(--warn);border-left:5px solid currentColor;\
    padding:.6rem .9rem;margin:.6rem 0;border-radius:0 6px 6px 0}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:0;margin:1rem 0 0;\
    font-size:.95rem}
    nav li{margin:0}
    nav a{display:inline-block;padding:.2rem 0}
    .glance{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));\
    gap:.7rem;margin:1rem 0}
    .glance div{background:var(--soft);border:1px solid var(--line);border-radius:8px;\
    padding:.6rem .85rem}
    .glance dt{color:var(--muted);font-size:.85rem}
    .glance dd{margin:0;font-weight:600}
    .scroll{overflow-x:auto;margin:.7rem 0 1rem;border:1px solid var(--line);border-radius:8px;\
    max-width:100%;width:fit-content}
    table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums;\
    overflow-wrap:normal}
    caption{text-align:left;padding:.55rem .8rem;color:var(--muted);font-size:.87rem;\
    background:var(--soft);border-bottom:1px solid var(--line);min-width:16rem}
    th,td{padding:.42rem .8rem;text-align:right;vertical-align:top;\
    border-bottom:1px solid var(--line)}
    th[scope=row],thead th:first-child,.text{text-align:left}
    th[scope=row]{font-weight:500}
    thead th{font-weight:600;border-bottom:2px solid var(--line);vertical-align:bottom}
    tbody tr:last-child>*{border-bottom:0}
    td .ours{display:block;white-space:nowrap}
    td .theirs{display:block;white-space:nowrap;color:var(--muted);font-size:.85em}
    .mark{display:inline-block;white-space:nowrap;border-radius:1rem;padding:.02rem .6rem;\
    margin-top:.2rem;font-size:.82em;font-weight:600}
    \(MarkColour.pageRules)
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));\
    gap:1rem;margin:1rem 0}
    figure{margin:0;border:1px solid var(--line);border-radius:8px;overflow:hidden;\
    background:var(--paper)}
    figure svg{display:block;width:100%;height:auto}
    details{margin:.45rem 0;border:1px solid var(--line);border-radius:8px;padding:0 .9rem}
    details[open]{padding-bottom:.5rem}
    summary{cursor:pointer;padding:.5rem 0}
    pre{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;\
    white-space:pre-wrap;overflow-wrap:anywhere;font-size:.88rem;max-width:100%}
    code{font-family:ui-monospace,"SFMono-Regular","Liberation Mono",Menlo,monospace}
    @media print{details{border:0}.scroll{overflow:visible}}

    """
}
