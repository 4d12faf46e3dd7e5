/** Where GitHub looks for it, from the root of the repository. */
export const workflowPath = '.github/workflows/dpo.yml';

/** Plan in pull requests, apply on merge. Secrets by reference only. */
export const workflowText = `# dpo in GitHub Actions: a plan for every pull request, an apply for every merge.
#
# dpo comes from the package.json of this repository: 'npm ci' installs the version that its lock file names, 'npx dpo'
# runs it.
#
# To set under Settings > Secrets and variables > Actions, for a service principal with an OAuth secret:
#   variable  DATABRICKS_HOST            https://<workspace>.cloud.databricks.com
#   variable  DATABRICKS_WAREHOUSE_ID    the SQL warehouse, unless dpo.yaml names it
#   variable  DATABRICKS_CLIENT_ID       the application id of the service principal
#   secret    DATABRICKS_CLIENT_SECRET   its secret
# In the place of the last two a personal access token does as well: the secret DATABRICKS_TOKEN.
name: dpo

on:
  pull_request:
  push:
    branches: [main]

permissions: {}

# One apply after the other, and none is cut off. Of a pull request only the latest push is planned.
concurrency:
  group: dpo-\${{ github.event_name == 'push' && 'apply' || github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

defaults:
  run:
    # With pipefail: a plan that fails fails the step.
    shell: bash

jobs:
  dpo:
    # Forks get no secrets.
    if: github.event_name == 'push' || github.event.pull_request.head.repo.full_name == github.repository
    runs-on: ubuntu-latest
    timeout-minutes: 60
    permissions:
      contents: read
    env:
      DATABRICKS_HOST: \${{ vars.DATABRICKS_HOST }}
      DATABRICKS_WAREHOUSE_ID: \${{ vars.DATABRICKS_WAREHOUSE_ID }}
    steps:
      - uses: actions/checkout@v4
        with:
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 22
          cache: npm
      - run: npm ci
      # Faults are shown at their lines in the pull request.
      - run: npx dpo validate --format github

      # dpo signs in with a token. This one is good for an hour and ends with the job.
      - name: Sign in to Databricks
        env:
          CLIENT_ID: \${{ vars.DATABRICKS_CLIENT_ID }}
          CLIENT_SECRET: \${{ secrets.DATABRICKS_CLIENT_SECRET }}
          TOKEN: \${{ secrets.DATABRICKS_TOKEN }}
        run: |
          missing() { echo "::error::set $1 for this repository, see the head of .github/workflows/dpo.yml"; exit 1; }
          [ -n "$DATABRICKS_HOST" ] || missing "the variable DATABRICKS_HOST"
          if [ -z "$TOKEN" ]; then
            [ -n "$CLIENT_ID" ] || missing "the variable DATABRICKS_CLIENT_ID"
            [ -n "$CLIENT_SECRET" ] || missing "the secret DATABRICKS_CLIENT_SECRET"
            answer=$(curl --silent --show-error --fail --config - "\${DATABRICKS_HOST%/}/oidc/v1/token" \\
              --data 'grant_type=client_credentials&scope=all-apis' <<< "user = \\"$CLIENT_ID:$CLIENT_SECRET\\"")
            TOKEN=$(jq --raw-output .access_token <<< "$answer")
            echo "::add-mask::$TOKEN"
          fi
          echo "DATABRICKS_TOKEN=$TOKEN" >> "$GITHUB_ENV"

      # The state: what dpo made, and last sent. This version keeps it in files, and a runner starts with an empty disk, so
      # that the runs hand it on through the cache of GitHub Actions. GitHub drops what was not used for a week. The plan
      # says so then ("no state found"): monitors that carry dpo's marker are adopted again, but tables that were removed
      # from dpo.yaml keep their monitors. Is that not good enough, let one machine with a disk of its own apply. Whoever may
      # open a pull request can read the cache; the state names tables and settings, and holds no data and no credentials.
      - name: Take the state of the last apply
        uses: actions/cache/restore@v4
        with:
          path: |
            state/*
            !state/*.lock
          key: dpo-state-\${{ github.run_id }}-\${{ github.run_attempt }}
          restore-keys: dpo-state-

      - name: Plan
        if: github.event_name == 'pull_request'
        run: |
          { echo '\`\`\`text'; npx dpo plan --out dpo.plan.json; echo '\`\`\`'; } | tee -a "$GITHUB_STEP_SUMMARY"
      # For whoever reviews it: dpo show dpo.plan.json --full
      - name: Keep the plan
        if: github.event_name == 'pull_request'
        uses: actions/upload-artifact@v4
        with:
          name: dpo-plan
          path: dpo.plan.json

      # Shows its plan and carries it out, but not more deletes than 3 or a tenth: dpo apply --help says how to allow them.
      # 'exec', without npx in between, so that a cancelled job stops it in order.
      - name: Apply
        if: github.event_name == 'push'
        run: exec node_modules/.bin/dpo apply --auto-approve
      - name: Keep the state
        if: always() && github.event_name == 'push' && hashFiles('state/**') != ''
        uses: actions/cache/save@v4
        with:
          path: |
            state/*
            !state/*.lock
          key: dpo-state-\${{ github.run_id }}-\${{ github.run_attempt }}
`;
