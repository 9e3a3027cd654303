/** The command that shows the topology and holds it to the released one. */
package io.quantumtrader.app.topology;
