/** An agent that makes trade intents from market states, so that there is something to decide. */
package io.quantumtrader.agents;
