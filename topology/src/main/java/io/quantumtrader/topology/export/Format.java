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
   */
  public abstract String write(TopologyExport export, LiveNumbers numbers);
}
