/** The twin's WebSocket interface: market streams and user streams. */
package io.quantumtrader.execution.twin.stream;
