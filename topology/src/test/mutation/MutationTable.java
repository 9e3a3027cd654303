import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Prints what came out of a mutation run as the table of CONTRIBUTING.md. {@code run} calls it. */
final class MutationTable {

  private static final int LEAST_PERCENT = 85;
  private static final String DECISIONS = "io.quantumtrader.topology.decision";

  private static final class Row {
    private int mutants;
    private int killed;
    private int survived;
    private int uncovered;

    void count(String status) {
      mutants++;
      switch (status) {
        case "KILLED", "TIMED_OUT", "MEMORY_ERROR" -> killed++;
        case "SURVIVED" -> survived++;
        case "NO_COVERAGE" -> uncovered++;
        default -> throw new IllegalStateException("a mutant ended as " + status);
      }
    }

    /** Rounded down, so that what is below the limit is never shown as at it. */
    int percent() {
      return 100 * killed / mutants;
    }

    void print(String name) {
      System.out.printf(
          "| %s | %d | %d | %d | %d | %d %% |%n",
          name, mutants, killed, survived, uncovered, percent());
    }
  }

  private MutationTable() {}

  public static void main(String[] arguments) throws Exception {
    NodeList mutants =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new File(arguments[0]))
            .getElementsByTagName("mutation");
    Map<String, Row> rows = new TreeMap<>();
    Row all = new Row();
    for (int i = 0; i < mutants.getLength(); i++) {
      Element mutant = (Element) mutants.item(i);
      String status = mutant.getAttribute("status");
      String type = mutant.getElementsByTagName("mutatedClass").item(0).getTextContent();
      rows.computeIfAbsent(type.substring(0, type.lastIndexOf('.')), name -> new Row())
          .count(status);
      all.count(status);
    }
    System.out.println("| package | mutants | killed | survived | not reached | killed |");
    System.out.println("|---|---|---|---|---|---|");
    rows.forEach((name, row) -> row.print("`" + name.substring(DECISIONS.length() - 8) + "`"));
    all.print("all");
    boolean enough = rows.values().stream().allMatch(row -> row.percent() >= LEAST_PERCENT);
    System.exit(enough && all.mutants > 0 ? 0 : 1);
  }
}
