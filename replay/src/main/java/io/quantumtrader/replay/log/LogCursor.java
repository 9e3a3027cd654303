package io.quantumtrader.replay.log;

/** How far somebody has read a partition. */
public final class LogCursor implements AutoCloseable {

  private final LogPartition partition;
  private long position;

  LogCursor(LogPartition partition) {
    this.partition = partition;
    this.position = partition.begin();
  }

  /** Returns what it reads. */
  public LogPartition partition() {
    return partition;
  }

  /** Returns the offset of the next record. */
  public long position() {
    return position;
  }

  /** Goes to an offset; before the beginning is the beginning. */
  public void seek(long offset) {
    position = Math.max(partition.begin(), offset);
  }

  /** Returns whether there is a record to read. */
  public boolean hasNext() {
    return position < partition.end();
  }

  /** Returns the next record, and goes past it. */
  public LogEntry next() {
    return partition.at(position++);
  }

  @Override
  public void close() {
    partition.forget(this);
  }
}
