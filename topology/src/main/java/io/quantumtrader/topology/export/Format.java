package io.quantumtrader.topology.export;

/** How an export can be written. */
public enum Format {
  /** Everything, one thing a line. */
  TEXT("topology.txt") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      return TextPicture.of(export, numbers);
    }
  },
  /** Sub-topologies and topics, for a Markdown page. */
  MERMAID("topology.mmd") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      return MermaidPicture.of(export, numbers);
    }
  },
  /** Every node, for Graphviz. */
  DOT("topology.dot") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      return DotPicture.of(export, numbers);
    }
  },
  /** Sub-topologies with their stages and stores, on one screen. */
  SVG("topology.svg") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      return SvgPicture.of(export, numbers);
    }
  },
  /** Kafka's own text, as its viewers take it, without numbers. */
  DESCRIBE("describe.txt") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      if (export.description().isEmpty()) {
        throw new ExportException(
            "the export has no description of Kafka's in it; export it again with this program",
            null);
      }
      return String.join("\n", export.description());
    }
  },
  /** The export itself, without numbers. */
  JSON("golden.json") {
    @Override
    public String write(TopologyExport export, LiveNumbers numbers) {
      return ExportJson.write(export);
    }
  };

  private final String fileName;

  Format(String fileName) {
    this.fileName = fileName;
  }

  /** Returns the name of the file in the docs that holds the export like this. */
  public String fileName() {
    return fileName;
  }

  /**
   * Writes an export.
   *
   * @param numbers what was measured, or {@link LiveNumbers#NONE}
   * @throws ExportException if the export is too old to be written like this
   */
  public abstract String write(TopologyExport export, LiveNumbers numbers);
}
