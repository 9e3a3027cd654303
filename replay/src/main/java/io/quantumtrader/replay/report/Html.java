package io.quantumtrader.replay.report;

import java.util.List;

/** Pieces of a page; whatever comes in is text and is escaped. */
final class Html {

  private Html() {}

  /** Returns text as it may stand in an element or a quoted attribute. */
  static String text(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      switch (letter) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(letter);
      }
    }
    return out.toString();
  }

  /**
   * Returns JSON as it may stand in a script element: no text in it can end the element or begin a
   * comment.
   */
  static String json(String json) {
    return json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  /** Returns a paragraph. */
  static String paragraph(String text) {
    return "<p>" + text(text) + "</p>\n";
  }

  /**
   * Returns a table.
   *
   * @param heads heads of the columns
   * @param rows cells by row; those that begin with a minus are marked as bad
   */
  static String table(List<String> heads, List<List<String>> rows) {
    StringBuilder out = new StringBuilder("<div class=\"wide\"><table>\n<tr>");
    heads.forEach(head -> out.append("<th>").append(text(head)).append("</th>"));
    out.append("</tr>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        String cell = row.get(i);
        boolean below = i > 0 && cell.length() > 1 && cell.charAt(0) == '-';
        out.append(below ? "<td class=\"bad\">" : "<td>").append(text(cell)).append("</td>");
      }
      out.append("</tr>\n");
    }
    return out.append("</table></div>\n").toString();
  }
}
