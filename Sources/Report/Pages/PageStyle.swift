/// How pages look: contents at the side where there is room, tables that scroll by themselves with
/// figures beside them, light and dark, and paper. Every pair of text and ground has a contrast of 4.5
/// at least.
enum PageStyle {
  /// The style sheet.
  static let sheet = variables + frame + text + tables + parts + paper

  private static let variables = """
    :root{--ink:#1f2328;--muted:#57606a;--paper:#fff;--soft:#f4f6f8;--line:#d0d7de;\
    --link:#0550ae;\(MarkColour.variables(isDark: false))}
    @media screen and (prefers-color-scheme:dark){:root{--ink:#e6edf3;--muted:#a5afba;\
    --paper:#0d1117;--soft:#161b22;--line:#30363d;--link:#79b8ff;\
    \(MarkColour.variables(isDark: true))}}

    """

  private static let frame = """
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:1.25rem 1rem 4rem;max-width:112rem;overflow-wrap:anywhere;\
    font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
    nav{font-size:.95rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;padding:0;margin:1rem 0 0}
    nav li{margin:0}
    nav a{display:inline-block;padding:.2rem 0}
    section+section{margin-top:2.4rem}
    @media screen and (min-width:68rem){
    body{padding:1.5rem 2rem 5rem}
    .layout{display:grid;grid-template-columns:11.5rem minmax(0,1fr);gap:2.5rem}
    nav{position:sticky;top:1.25rem;align-self:start;max-height:calc(100vh - 2.5rem);\
    overflow-y:auto;font-size:.92rem}
    nav ul{display:block;border-right:1px solid var(--line);margin-top:1.2rem}
    nav li{margin:.15rem .6rem .15rem 0}}

    """

  private static let text = """
    h1{font-size:1.65rem;line-height:1.25;margin:.1rem 0 .8rem;max-width:46rem;text-wrap:balance}
    h2{font-size:1.25rem;margin:0 0 .7rem;padding-top:.9rem;border-top:1px solid var(--line)}
    h3{font-size:1.03rem;margin:1.6rem 0 .4rem}
    h2+h3{margin-top:.6rem}
    p,ul,dl.words{max-width:46rem}
    ul{padding-left:1.2rem}
    li{margin:.25rem 0}
    a{color:var(--link)}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px}
    .self{margin-left:.4rem;text-decoration:none;font-weight:400;opacity:0}
    :hover>.self,.self:focus{opacity:1}
    .kicker,.quiet,.words dd{color:var(--muted)}
    .kicker{margin:0;font-size:.9rem}
    .prose{columns:34rem auto;column-gap:2.5rem}
    .prose>:first-child{margin-top:0}
    .prose p,.prose li{break-inside:avoid-column}
    .banner{background:var(--warnbg);color:var(--warn);border-left:5px solid currentColor;\
    padding:.6rem .9rem;margin:.6rem 0;max-width:62rem;border-radius:0 6px 6px 0}
    .words dt{font-weight:600;margin-top:.45rem}
    .words dd{margin:.1rem 0 0}
    pre{background:var(--soft);border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;\
    white-space:pre-wrap;overflow-wrap:anywhere;font-size:.88rem;max-width:62rem}
    code{font-family:ui-monospace,"SFMono-Regular","Liberation Mono",Menlo,monospace}
    button,input{font:inherit;color:var(--ink);background:var(--paper);\
    border:1px solid var(--line);border-radius:6px;padding:.15rem .55rem}
    button{cursor:pointer}
    .copy{float:right;margin:.45rem .5rem 0 0;font-size:.8rem;position:relative}
    .copy+pre{padding-right:5.5rem}

    """

  private static let tables = """
    .scroll{overflow-x:auto;margin:.7rem 0 1rem;border:1px solid var(--line);border-radius:8px;\
    max-width:100%;width:fit-content}
    table{border-collapse:collapse;font-size:.93rem;font-variant-numeric:tabular-nums;\
    overflow-wrap:normal}
    caption{text-align:left;padding:.55rem .8rem;color:var(--muted);font-size:.87rem;\
    background:var(--soft);border-bottom:1px solid var(--line);min-width:16rem}
    th,td{padding:.42rem .8rem;text-align:right;vertical-align:top;\
    border-bottom:1px solid var(--line)}
    th[scope=row],thead th:first-child,.text{text-align:left}
    td:not(.text){white-space:nowrap}
    td.text{min-width:9rem}
    td .mark{white-space:normal}
    th[scope=row]{font-weight:500;min-width:7rem}
    thead th{font-weight:600;border-bottom:2px solid var(--line);vertical-align:bottom}
    tbody tr:last-child>*{border-bottom:0}
    td .ours{display:block;white-space:nowrap}
    td .theirs{display:block;white-space:nowrap;color:var(--muted);font-size:.85em}
    .mark{display:inline-block;border-radius:1rem;padding:.02rem .6rem;\
    margin-top:.2rem;font-size:.82em;font-weight:600}
    \(MarkColour.pageRules)
    .list{font-size:.85rem}
    .list th,.list td{padding:.28rem .65rem;white-space:nowrap}
    .sort{border:0;background:none;padding:0;font-weight:600;text-align:inherit}
    .sort::after{content:" ↕";color:var(--muted);font-weight:400}
    [aria-sort=ascending] .sort::after{content:" ↑"}
    [aria-sort=descending] .sort::after{content:" ↓"}
    .filter{display:inline-block;margin-top:.5rem;font-size:.92rem}
    .filter input{width:19rem;max-width:100%}
    .matrix th,.matrix td{padding:.2rem .5rem}
    .matrices{display:flex;flex-wrap:wrap;gap:0 1.2rem;align-items:flex-start}

    """

  private static let parts = """
    .glance{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,14rem),1fr));\
    gap:.7rem;margin:1rem 0;max-width:none}
    .glance>div,.card{background:var(--soft);border:1px solid var(--line);border-radius:8px;\
    padding:.6rem .85rem}
    .glance dt{color:var(--muted);font-size:.85rem}
    .glance dd{margin:0;font-weight:600}
    .bar{display:block;height:.45rem;margin-top:.45rem;border-radius:1rem;background:var(--line);\
    overflow:hidden}
    .bar span{display:block;height:100%;background:var(--link)}
    .beside{display:flex;flex-wrap:wrap;gap:0 1.8rem;align-items:flex-start}
    .beside>.table{flex:1 1 40rem;min-width:0;max-width:58rem}
    .beside>.table:only-child{max-width:100%}
    .table>:first-child{margin-top:.3rem}
    .table>p+.scroll caption{position:absolute;width:1px;height:1px;min-width:0;padding:0;border:0;\
    overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .beside>.drawings{flex:1 1 22.4rem;max-width:36rem;min-width:min(100%,22.4rem);\
    margin-top:.9rem;display:grid;gap:1rem}
    .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,22.4rem),1fr));\
    gap:1rem;margin:1rem 0;align-items:start}
    figure{position:relative;margin:0;border:1px solid var(--line);border-radius:8px;overflow:hidden;\
    background:var(--paper);max-width:42rem}
    figure>.self{position:absolute;top:.3rem;right:.6rem}
    figure svg,.card svg{display:block;width:100%;height:auto}
    details{margin:.45rem 0;border:1px solid var(--line);border-radius:8px;padding:0 .9rem}
    details[open]{padding-bottom:.5rem}
    summary{cursor:pointer;padding:.5rem 0}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));\
    gap:1rem;margin:1rem 0}
    .card{padding:.8rem .95rem}
    .card h4{margin:0 0 .2rem;font-size:1rem}
    .card p{margin:.3rem 0;font-size:.92rem}
    .card figure{margin-top:.6rem}

    """

  /// What is folded is unfolded by the script, and by browsers that know `details-content`.
  private static let paper = """
    @media print{
    @page{margin:14mm}
    body{max-width:none;padding:0;font-size:10pt}
    nav,.copy,.self,.filter,.filter+output{display:none}
    details{border:0;padding:0}
    details::details-content{content-visibility:visible;block-size:auto}
    .scroll{overflow:visible;border:0;width:auto}
    td:not(.text){white-space:normal}
    .beside>.drawings,figure{max-width:11cm}
    table{font-size:8.5pt}
    .list{font-size:6.5pt}
    .list th,.list td{padding:.1rem .2rem;white-space:normal;overflow-wrap:anywhere}
    .sort::after{content:""}
    thead{display:table-header-group}
    tr,figure,.card,.glance>div{break-inside:avoid}
    h2,h3,caption{break-after:avoid}
    .figures{grid-template-columns:1fr 1fr}
    a{color:inherit;text-decoration:none}
    }

    """
}
